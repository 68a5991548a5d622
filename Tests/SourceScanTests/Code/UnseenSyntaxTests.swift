import Testing

@Suite("Code: syntax that other teams write")
struct UnseenSyntaxTests {
    static let cases: [CodeCase] = [
        CodeCase(
            "VBA joins lines that end in an underscore", "A.bas",
            """
            Sub Look(ident As String)
                Dim ask As Object
                Set ask = CreateObject("WinHttp.WinHttpRequest.5.1")
                ask.Open "GET", "https://api.eu.wdesk.com/platform/v1" & _
                    1️⃣"/operations/" & ident, False
                ask.Send
            End Sub
            """, "1️⃣ call winhttp implicit"),
        CodeCase(
            "Perl: constants, hash elements of the object, a list that is joined", "A.pm",
            """
            package A;
            use LWP::UserAgent;
            use constant ROOT => 'https://api.app.wdesk.com/platform/v1';

            sub new {
                my ($class, %given) = @_;
                my $agent = LWP::UserAgent->new;
                $agent->default_header('X-Version' => '2022-01-01');
                return bless { agent => $agent, root => $given{root} // ROOT }, $class;
            }
            sub look { my ($self, $ident) = @_; return $self->{agent}->get(1️⃣"$self->{root}/operations/$ident"); }
            sub list { my ($self, $ident) = @_; return LWP::UserAgent->new->get(join('/', ROOT, 2️⃣'operations', $ident)); }
            """, "1️⃣ call lwp 2022-01-01", "2️⃣ call lwp implicit"),
        CodeCase(
            "R's functions without braces", "a.R",
            """
            root <- "https://api.app.wdesk.com"
            look <- function(ident) httr::GET(sprintf(1️⃣"%s/platform/v1/operations/%s", root, ident))
            drop <- function(ident) httr::DELETE(sprintf("%s/platform/v1/operations/%s", root, ident))
            """, "1️⃣ call httr implicit"),
        CodeCase(
            "Go's own struct literals, receivers and helpers that sign a request", "a.go",
            """
            package a

            import (
            	"net/http"
            	"strings"
            )

            type job struct{ link string }

            type Gate struct {
            	base string
            	http *http.Client
            }

            func New() *Gate { return &Gate{base: "https://api.app.wdesk.com", http: http.DefaultClient} }

            func (g *Gate) do(method, path string) (*http.Response, error) {
            	ask, err := http.NewRequest(method, g.base+"/platform/v1"+path, nil)
            	if err != nil {
            		return nil, err
            	}
            	g.sign(ask)
            	return g.http.Do(ask)
            }

            func (g *Gate) sign(ask *http.Request) { ask.Header.Set("X-Version", "2022-01-01") }

            func (g *Gate) Look(ident string) (*http.Response, error) {
            	return g.do(http.MethodGet, 1️⃣"/operations/"+ident)
            }

            func (g *Gate) Drop(ident string) (*http.Response, error) {
            	return g.do(http.MethodDelete, "/operations/"+ident)
            }

            func start(ident string) (*job, error) {
            	reply, err := http.Post("https://api.app.wdesk.com/platform/v1/documents/"+ident+"/export", "application/json", strings.NewReader("{}"))
            	if err != nil {
            		return nil, err
            	}
            	return &job{link: reply.Header.Get("Location")}, nil
            }

            func Follow(ident string) (*http.Response, error) {
            	made, err := start(ident)
            	if err != nil {
            		return nil, err
            	}
            	return 2️⃣http.Get(made.link)
            }
            """, "1️⃣ call net/http 2022-01-01", "2️⃣ indirect net/http implicit"),
        CodeCase(
            "Swift: computed properties and raw values", "A.swift",
            """
            import Foundation

            enum Region: String {
                case us = "https://api.app.wdesk.com"
                case eu = "https://api.eu.wdesk.com"
            }
            struct Place {
                let region: Region
                var platform: URL { URL(string: region.rawValue)!.appendingPathComponent("platform/v1") }
            }
            func look(_ place: Place, _ ident: String) async throws -> Data {
                let url = place.platform.appendingPathComponent(1️⃣"operations").appendingPathComponent(ident)
                return try await URLSession.shared.data(from: url).0
            }
            """, "1️⃣ call urlsession implicit"),
        CodeCase(
            "Rust: captured names, and a field that shorthand fills", "a.rs",
            """
            use reqwest::header::{HeaderMap, HeaderValue};
            const ROOT: &str = "https://api.app.wdesk.com/platform/v1";
            pub struct Gate { http: reqwest::Client }
            impl Gate {
                pub fn new() -> Self {
                    let mut sent = HeaderMap::new();
                    sent.insert("X-Version", HeaderValue::from_static("2022-01-01"));
                    let http = reqwest::Client::builder().default_headers(sent).build().unwrap();
                    Self { http }
                }
                async fn get(&self, path: &str) -> reqwest::Result<String> {
                    self.http.get(format!("{ROOT}{path}")).send().await?.text().await
                }
                pub async fn look(&self, ident: &str) -> reqwest::Result<String> {
                    self.get(&format!(1️⃣"/operations/{ident}")).await
                }
            }
            """, "1️⃣ call reqwest 2022-01-01"),
    ]

    @Test("Unusual syntax is read as it runs", arguments: cases)
    func check(_ example: CodeCase) async throws { try await example.check() }
}
