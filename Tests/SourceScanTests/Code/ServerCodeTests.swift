import Testing

@Suite("Code: Go, Ruby and PHP")
struct ServerCodeTests {
    static let go: [CodeCase] = [
        CodeCase(
            "net/http with a literal, a concatenation and Sprintf", "a.go",
            """
            package desk

            import (
            	"fmt"
            	"net/http"
            )

            const root = "https://api.app.wdesk.com/platform/v1"

            func one() (*http.Response, error) { return http.Get(1️⃣"https://api.app.wdesk.com/platform/v1/operations/1") }

            func two(ident string) error {
            	ask, err := http.NewRequest(http.MethodGet, root+2️⃣"/operations/"+ident, nil)
            	if err != nil {
            		return err
            	}
            	ask.Header.Set("X-Version", "2022-01-01")
            	_, err = http.DefaultClient.Do(ask)
            	return err
            }

            func three(ident string) (*http.Response, error) {
            	link := fmt.Sprintf(3️⃣"%s/operations/%s", root, ident)
            	return http.Get(link)
            }

            func drop(ident string) error {
            	ask, _ := http.NewRequest("DELETE", root+"/operations/"+ident, nil)
            	_, err := http.DefaultClient.Do(ask)
            	return err
            }
            """, "1️⃣ call net/http implicit", "2️⃣ call net/http 2022-01-01",
            "3️⃣ call net/http implicit"),
        CodeCase(
            "constants of the package's other file, a struct's field, JoinPath",
            [
                "desk/places.go": """
                package desk

                const (
                	Host    = "https://api.eu.wdesk.com"
                	Prefix  = Host + "/platform/v1"
                	Version = "2022-01-01"
                )
                """,
                "desk/client.go": """
                package desk

                import (
                	"context"
                	"net/http"
                	"net/url"
                )

                type Client struct {
                	base string
                	web  *http.Client
                }

                func New() *Client { return &Client{base: Prefix, web: &http.Client{}} }

                func (c *Client) Operation(ctx context.Context, ident string) (*http.Response, error) {
                	ask, err := http.NewRequestWithContext(ctx, "GET", c.base+1️⃣"/operations/"+ident, nil)
                	if err != nil {
                		return nil, err
                	}
                	ask.Header.Add("X-Version", Version)
                	return c.web.Do(ask)
                }

                func (c *Client) Joined(ident string) (*http.Response, error) {
                	link, _ := url.JoinPath(Prefix, 2️⃣"operations", ident)
                	return c.web.Get(link)
                }
                """,
                "cmd/main.go": """
                package main

                import (
                	"net/http"

                	"example.org/app/desk"
                )

                func main() { http.Get(desk.Prefix + 3️⃣"/operations/1") }
                """,
            ], "1️⃣ call net/http 2022-01-01", "2️⃣ call net/http implicit",
            "3️⃣ call net/http implicit"),
        CodeCase(
            "resty with a base", "a.go",
            """
            package desk

            import "github.com/go-resty/resty/v2"

            var web = resty.New().SetBaseURL("https://api.app.wdesk.com/platform/v1").SetHeader("X-Version", "2026-01-01")

            func one(ident string) (*resty.Response, error) {
            	return web.R().SetPathParam("ident", ident).Get(1️⃣"/operations/{ident}")
            }
            """, "1️⃣ call resty 2026-01-01 half"),
        CodeCase(
            "loops, the version from the environment, an own route, foreign hosts", "a.go",
            """
            package desk

            import (
            	"net/http"
            	"os"
            	"strconv"
            	"time"
            )

            const root = "https://api.app.wdesk.com/platform/v1/operations/"

            func patient(ident string) {
            	for {
            		reply, err := http.Get(1️⃣root + ident)
            		if err != nil || reply.StatusCode == 200 {
            			return
            		}
            		pause, _ := strconv.Atoi(reply.Header.Get("Retry-After"))
            		time.Sleep(time.Duration(pause) * time.Second)
            	}
            }

            func hasty(ident string) {
            	for n := 0; n < 50; n++ {
            		ask, _ := http.NewRequest("GET", 2️⃣root+ident, nil)
            		ask.Header.Set("X-Version", os.Getenv("WDESK_VERSION"))
            		http.DefaultClient.Do(ask)
            		time.Sleep(100 * time.Millisecond)
            	}
            }

            func each(idents []string) {
            	for _, ident := range idents {
            		http.Get(3️⃣root + ident)
            	}
            }

            func own(mux *http.ServeMux) {
            	mux.HandleFunc("GET /platform/v1/operations/{ident}", func(w http.ResponseWriter, r *http.Request) {})
            }

            func foreign(ident string) {
            	http.Get("https://tasks.example/platform/v1/operations/" + ident)
            	http.Head(root + ident)
            	http.Get(root + ident + "/results")
            }
            """, "1️⃣ call net/http implicit honoured", "2️⃣ call net/http dynamic loop",
            "3️⃣ call net/http implicit"),
        CodeCase(
            "migration, and the link of a 202", "a.go",
            """
            package desk

            import (
            	"net/http"
            	"strings"
            )

            const host = "https://api.apac.wdesk.com"

            func done(ident string) {
            	ask, _ := http.NewRequest("GET", host+1️⃣"/operations/"+ident, nil)
            	ask.Header.Set("X-Version", "2026-01-01")
            	http.DefaultClient.Do(ask)
            }

            func bare(ident string) { http.Get(host + 2️⃣"/operations/" + ident) }

            func export(doc string) (*http.Response, error) {
            	begun, err := http.Post(host+"/platform/v1/documents/"+doc+"/export", "application/json", strings.NewReader("{}"))
            	if err != nil {
            		return nil, err
            	}
            	return follow(begun.Header.Get("Location"))
            }

            func follow(link string) (*http.Response, error) {
            	ask, err := http.NewRequest("GET", link, nil)
            	if err != nil {
            		return nil, err
            	}
            	return 3️⃣http.DefaultClient.Do(ask)
            }
            """, "1️⃣ call migrated net/http 2026-01-01", "2️⃣ call migrated net/http implicit half",
            "3️⃣ indirect net/http implicit"),
        CodeCase(
            "doubles", "a.go",
            """
            package desk

            import (
            	"net/http"
            	"net/http/httptest"

            	"github.com/jarcoal/httpmock"
            )

            func prepare() {
            	httpmock.RegisterResponder("GET", 1️⃣"https://api.app.wdesk.com/platform/v1/operations/1", nil)
            	httpmock.RegisterResponder("POST", "https://api.app.wdesk.com/platform/v1/operations/1", nil)
            	mux := http.NewServeMux()
            	mux.HandleFunc(2️⃣"/platform/v1/operations/1", func(w http.ResponseWriter, r *http.Request) {})
            	httptest.NewServer(mux)
            }
            """, "1️⃣ mock", "2️⃣ mock medium"),
    ]

    static let ruby: [CodeCase] = [
        CodeCase(
            "Net::HTTP with a literal, an interpolation and a format", "a.rb",
            """
            require "net/http"
            require "json"

            ROOT = "https://api.app.wdesk.com/platform/v1"

            def one
              Net::HTTP.get(URI(1️⃣"https://api.app.wdesk.com/platform/v1/operations/1"))
            end

            def two(ident)
              link = URI.parse(2️⃣"#{ROOT}/operations/#{ident}")
              ask = Net::HTTP::Get.new(link)
              ask["X-Version"] = "2022-01-01"
              Net::HTTP.start(link.host, link.port, use_ssl: true) { |web| web.request(ask) }
            end

            def three(ident)
              Net::HTTP.get_response(URI(format(3️⃣"%s/operations/%s", ROOT, ident)))
            end

            def drop(ident)
              ask = Net::HTTP::Delete.new(URI("#{ROOT}/operations/#{ident}"))
              Net::HTTP.start("api.app.wdesk.com", 443) { |web| web.request(ask) }
            end
            """, "1️⃣ call net-http implicit", "2️⃣ call net-http 2022-01-01",
            "3️⃣ call net-http implicit"),
        CodeCase(
            "Faraday's base and block, a class of HTTParty, RestClient",
            [
                "faraday.rb": """
                require "faraday"

                class Gate
                  def initialize(version = "2022-01-01")
                    @web = Faraday.new(url: "https://api.app.wdesk.com", headers: { "X-Version" => version })
                  end

                  def one(ident)
                    @web.get(1️⃣"/platform/v1/operations/#{ident}").body
                  end

                  def two(ident)
                    @web.get do |ask|
                      ask.url 2️⃣"/platform/v1/operations/#{ident}"
                      ask.headers["X-Version"] = "2026-01-01"
                    end
                  end
                end
                """,
                "party.rb": """
                require "httparty"

                class Party
                  include HTTParty
                  base_uri "https://api.eu.wdesk.com/platform/v1"
                  headers "X-Version" => "2022-01-01"

                  def self.one(ident)
                    get("3️⃣/operations/#{ident}")
                  end
                end
                """,
                "rest.rb": """
                require "rest-client"

                def one(ident)
                  RestClient.get(4️⃣"https://api.app.wdesk.com/platform/v1/operations/" + ident, { "X-Version" => ENV.fetch("WDESK_VERSION", "2022-01-01") })
                end
                """,
            ], "1️⃣ call faraday 2022-01-01", "2️⃣ call faraday 2026-01-01 half",
            "3️⃣ call httparty 2022-01-01", "4️⃣ call rest-client dynamic"),
        CodeCase(
            "constants of another file, loops and the wait",
            [
                "lib/desk/places.rb": """
                module Desk
                  HOST = "https://api.apac.wdesk.com".freeze
                  OPERATIONS = "#{HOST}/platform/v1/operations"
                end
                """,
                "lib/desk/reader.rb": """
                require "net/http"
                require_relative "places"

                module Desk
                  def self.patient(ident)
                    loop do
                      reply = Net::HTTP.get_response(URI(1️⃣"#{OPERATIONS}/#{ident}"))
                      break if reply.body.include?("completed")
                      sleep Integer(reply["Retry-After"] || 1)
                    end
                  end

                  def self.hasty(ident)
                    until @done
                      @done = Net::HTTP.get(URI(2️⃣"#{Desk::OPERATIONS}/#{ident}")).include?("completed")
                      sleep 0.2
                    end
                  end
                end
                """,
            ], "1️⃣ call net-http implicit honoured", "2️⃣ call net-http implicit loop"),
        CodeCase(
            "own routes, other paths, a foreign host, migration, the link of a 202", "a.rb",
            """
            require "sinatra"
            require "httparty"

            HOST = "https://api.app.wdesk.com"

            get "/platform/v1/operations/:ident" do
              "mine"
            end

            def others(ident)
              HTTParty.get("#{HOST}/platform/v1/operations")
              HTTParty.get("#{HOST}/platform/v1/operations/#{ident}/timeline")
              HTTParty.post("#{HOST}/platform/v1/operations/#{ident}")
              HTTParty.get("https://tasks.example/platform/v1/operations/#{ident}")
            end

            def done(ident)
              HTTParty.get(1️⃣"#{HOST}/operations/#{ident}", headers: { "X-Version" => "2026-01-01" })
            end

            def export(doc)
              begun = HTTParty.post("#{HOST}/platform/v1/documents/#{doc}/export", body: "{}")
              2️⃣HTTParty.get(begun.headers["location"], headers: { "X-Version" => "2022-01-01" })
            end
            """, "1️⃣ call migrated httparty 2026-01-01", "2️⃣ indirect httparty 2022-01-01"),
        CodeCase(
            "a double and the library's method",
            [
                "prepare.rb": """
                require "webmock"
                stub_request(:get, 1️⃣"https://api.app.wdesk.com/platform/v1/operations/1").to_return(status: 200)
                stub_request(:delete, "https://api.app.wdesk.com/platform/v1/operations/1").to_return(status: 204)
                """,
                "sdk.rb": """
                require "workiva_sdk"

                def read(ident)
                  WorkivaSdk::OperationsApi.new.2️⃣get_operation_by_id(ident)
                end
                """,
            ], "1️⃣ mock", "2️⃣ sdk-call implicit"),
    ]

    static let php: [CodeCase] = [
        CodeCase(
            "curl, its headers put together", "a.php",
            """
            <?php
            const ROOT = 'https://api.app.wdesk.com/platform/v1';
            const VERSION = '2022-01-01';

            function one(string $ident): string
            {
                $wire = curl_init(1️⃣ROOT . '/operations/' . rawurlencode($ident));
                $lines = ['Accept: application/json', 'X-Version: ' . VERSION];
                curl_setopt($wire, CURLOPT_HTTPHEADER, $lines);
                curl_setopt($wire, CURLOPT_RETURNTRANSFER, true);
                return curl_exec($wire);
            }

            function two(string $ident): string
            {
                $wire = curl_init();
                curl_setopt($wire, CURLOPT_URL, 2️⃣"https://api.eu.wdesk.com/platform/v1/operations/{$ident}");
                return curl_exec($wire);
            }

            function drop(string $ident): void
            {
                $wire = curl_init(ROOT . '/operations/' . $ident);
                curl_setopt($wire, CURLOPT_CUSTOMREQUEST, 'DELETE');
                curl_exec($wire);
            }
            """, "1️⃣ call php-curl 2022-01-01", "2️⃣ call php-curl implicit"),
        CodeCase(
            "Guzzle with a base, sprintf, a class's constant", "a.php",
            """
            <?php
            use GuzzleHttp\\Client;

            final class Gate
            {
                private const OPERATION = '/platform/v1/operations/%s';
                private Client $web;

                public function __construct()
                {
                    $this->web = new Client(['base_uri' => 'https://api.app.wdesk.com', 'headers' => ['X-Version' => '2022-01-01']]);
                }

                public function one(string $ident)
                {
                    return $this->web->get(sprintf(1️⃣self::OPERATION, $ident));
                }

                public function two(string $ident)
                {
                    return $this->web->request('GET', "2️⃣/platform/v1/operations/$ident", ['headers' => ['X-Version' => '2026-01-01']]);
                }

                public function results(string $ident)
                {
                    return $this->web->get("/platform/v1/operations/$ident/results");
                }
            }
            """, "1️⃣ call guzzle 2022-01-01", "2️⃣ call guzzle 2026-01-01 half"),
        CodeCase(
            "Laravel: settings, routes and fakes",
            [
                "config/services.php": """
                <?php
                return ['wdesk' => ['url' => env('WDESK_URL', 'https://api.app.wdesk.com/platform/v1'), 'version' => '2022-01-01']];
                """,
                "app/Reader.php": """
                <?php
                namespace App;
                use Illuminate\\Support\\Facades\\Http;

                class Reader
                {
                    public function one(string $ident)
                    {
                        return Http::withHeaders(['X-Version' => config('services.wdesk.version')])
                            ->get(config('services.wdesk.url') . 1️⃣"/operations/{$ident}")->json();
                    }
                }
                """,
                "routes/api.php": """
                <?php
                use Illuminate\\Support\\Facades\\Route;
                Route::get('/platform/v1/operations/{ident}', [Own::class, 'show']);
                """,
                "database/Fakes.php": """
                <?php
                use Illuminate\\Support\\Facades\\Http;
                Http::fake([2️⃣'https://api.app.wdesk.com/platform/v1/operations/*' => Http::response(['status' => 'completed'])]);
                """,
            ], "1️⃣ call laravel-http 2022-01-01", "2️⃣ mock"),
        CodeCase(
            "loops, the wait, migration and a plain read", "a.php",
            """
            <?php
            use GuzzleHttp\\Client;

            define('HOST', 'https://api.app.wdesk.com');

            function patient(Client $web, string $ident): void
            {
                do {
                    $reply = $web->get(HOST . 1️⃣'/platform/v1/operations/' . $ident);
                    sleep((int) ($reply->getHeaderLine('Retry-After') ?: 1));
                } while (!str_contains((string) $reply->getBody(), 'completed'));
            }

            function hasty(string $ident): string
            {
                while (true) {
                    $text = file_get_contents(HOST . "2️⃣/platform/v1/operations/$ident");
                    if (str_contains($text, 'completed')) {
                        return $text;
                    }
                    usleep(200000);
                }
            }

            function done(Client $web, string $ident)
            {
                return $web->get(HOST . 3️⃣"/operations/$ident", ['headers' => ['X-Version' => '2026-01-01']]);
            }

            function export(Client $web, string $doc)
            {
                $begun = $web->post(HOST . "/platform/v1/documents/$doc/export", ['json' => []]);
                return 4️⃣$web->get($begun->getHeaderLine('Location'));
            }
            """, "1️⃣ call guzzle implicit honoured", "2️⃣ call file_get_contents implicit loop",
            "3️⃣ call migrated guzzle 2026-01-01", "4️⃣ indirect guzzle implicit"),
    ]

    @Test("Go: finds what it must and nothing else", arguments: go)
    func findsGo(_ code: CodeCase) async throws { try await code.check() }

    @Test("Ruby: finds what it must and nothing else", arguments: ruby)
    func findsRuby(_ code: CodeCase) async throws { try await code.check() }

    @Test("PHP: finds what it must and nothing else", arguments: php)
    func findsPHP(_ code: CodeCase) async throws { try await code.check() }
}
