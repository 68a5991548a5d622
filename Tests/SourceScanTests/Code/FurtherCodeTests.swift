import Testing

@Suite("Code: further languages")
struct FurtherCodeTests {
    static let cases: [CodeCase] = [
        CodeCase(
            "Perl: LWP with an interpolation, a join and a request object", "a.pl",
            """
            use LWP::UserAgent;
            use HTTP::Request;
            my $root = 'https://api.app.wdesk.com/platform/v1';
            my $ua = LWP::UserAgent->new;

            sub one {
                my ($ident) = @_;
                return $ua->get(1️⃣"$root/operations/$ident", 'X-Version' => '2022-01-01');
            }
            sub two {
                my $ident = shift;
                my $ask = HTTP::Request->new(GET => $root . 2️⃣'/operations/' . $ident);
                $ask->header('X-Version' => '2026-01-01');
                return $ua->request($ask);
            }
            sub drop { $ua->delete("$root/operations/$_[0]") }
            """, "1️⃣ call lwp 2022-01-01", "2️⃣ call lwp 2026-01-01 half"),
        CodeCase(
            "R: httr and httr2", "a.R",
            """
            library(httr2)
            root <- "https://api.app.wdesk.com/platform/v1"

            one <- function(ident) {
              request(root) |>
                req_url_path_append(1️⃣"operations", ident) |>
                req_headers(`X-Version` = "2022-01-01") |>
                req_perform()
            }
            two <- function(ident) {
              httr::GET(sprintf(2️⃣"%s/operations/%s", root, ident), httr::add_headers("X-Version" = "2026-01-01"))
            }
            three <- function(ident) {
              repeat {
                reply <- httr::GET(paste0(root, 3️⃣"/operations/", ident))
                if (httr::content(reply)$status == "completed") break
                Sys.sleep(as.numeric(httr::headers(reply)[["retry-after"]]))
              }
            }
            """, "1️⃣ call httr2 2022-01-01", "2️⃣ call httr 2026-01-01 half",
            "3️⃣ call httr implicit honoured"),
        CodeCase(
            "Dart: http and dio", "a.dart",
            """
            import 'package:dio/dio.dart';
            import 'package:http/http.dart' as http;

            const root = 'https://api.app.wdesk.com/platform/v1';

            Future<http.Response> one(String ident) =>
                http.get(Uri.parse(1️⃣'$root/operations/$ident'), headers: {'X-Version': '2022-01-01'});

            Future<http.Response> two(String ident) =>
                http.get(Uri.https('api.app.wdesk.com', 2️⃣'/platform/v1/operations/$ident'));

            class Gate {
              final dio = Dio(BaseOptions(baseUrl: 'https://api.eu.wdesk.com/platform/v1'));
              Future<Response> three(String ident) => dio.get(3️⃣'/operations/$ident');
              Future<Response> four(String ident) => dio.delete('/operations/$ident');
            }
            """, "1️⃣ call http 2022-01-01", "2️⃣ call http implicit", "3️⃣ call dio implicit"),
        CodeCase(
            "Scala: sttp and an object's constants", "A.scala",
            """
            import sttp.client3._

            object Places { val Root = "https://api.app.wdesk.com/platform/v1" }

            class Gate(backend: SttpBackend[Identity, Any]) {
              def one(ident: String) =
                basicRequest.get(uri1️⃣"${Places.Root}/operations/$ident").header("X-Version", "2022-01-01").send(backend)
              def two(ident: String) = basicRequest.get(uri"https://tasks.example/platform/v1/operations/$ident").send(backend)
              def three(ident: String) = basicRequest.delete(uri"${Places.Root}/operations/$ident").send(backend)
            }
            """, "1️⃣ call sttp 2022-01-01"),
        CodeCase(
            "Elixir: attributes, Req, HTTPoison and Tesla",
            [
                "lib/one.ex": """
                defmodule One do
                  @root "https://api.app.wdesk.com/platform/v1"
                  @headers [{"X-Version", "2022-01-01"}]

                  def one(ident), do: Req.get!(1️⃣"#{@root}/operations/#{ident}")
                  def two(ident), do: HTTPoison.get!(@root <> 2️⃣"/operations/" <> ident, @headers)
                  def three(ident), do: HTTPoison.delete!(@root <> "/operations/" <> ident)
                end
                """,
                "lib/two.ex": """
                defmodule Two do
                  use Tesla
                  plug Tesla.Middleware.BaseUrl, "https://api.eu.wdesk.com"
                  plug Tesla.Middleware.Headers, [{"X-Version", "2026-01-01"}]

                  def one(ident), do: get(3️⃣"/platform/v1/operations/#{ident}")
                end
                """,
            ], "1️⃣ call req implicit", "2️⃣ call httpoison 2022-01-01",
            "3️⃣ call tesla 2026-01-01 half"),
        CodeCase(
            "Groovy: a URL's text and a connection", "a.groovy",
            """
            def root = 'https://api.app.wdesk.com/platform/v1'

            def one(String ident) { new URL(1️⃣"https://api.app.wdesk.com/platform/v1/operations/${ident}").text }

            def two(String ident) {
                def wire = new URL(2️⃣"https://api.app.wdesk.com/platform/v1/operations/$ident").openConnection()
                wire.setRequestProperty('X-Version', '2022-01-01')
                return wire.inputStream.text
            }
            """, "1️⃣ call httpurlconnection implicit", "2️⃣ call httpurlconnection 2022-01-01"),
        CodeCase(
            "Lua: a socket's request", "a.lua",
            """
            local http = require("socket.http")
            local root = "https://api.app.wdesk.com/platform/v1"

            local function one(ident)
              return http.request(root .. 1️⃣"/operations/" .. ident)
            end
            return { one = one }
            """, "1️⃣ call - implicit"),
        CodeCase(
            "C: libcurl with a list of headers", "a.c",
            """
            #include <curl/curl.h>
            #include <stdio.h>

            #define ROOT "https://api.app.wdesk.com/platform/v1"

            int one(const char *ident)
            {
                char link[256];
                struct curl_slist *lines = NULL;
                CURL *wire = curl_easy_init();
                snprintf(link, sizeof link, 1️⃣ROOT "/operations/%s", ident);
                lines = curl_slist_append(lines, "X-Version: 2022-01-01");
                curl_easy_setopt(wire, CURLOPT_URL, link);
                curl_easy_setopt(wire, CURLOPT_HTTPHEADER, lines);
                return curl_easy_perform(wire);
            }

            int drop(const char *ident)
            {
                char link[256];
                CURL *wire = curl_easy_init();
                snprintf(link, sizeof link, ROOT "/operations/%s", ident);
                curl_easy_setopt(wire, CURLOPT_CUSTOMREQUEST, "DELETE");
                curl_easy_setopt(wire, CURLOPT_URL, link);
                return curl_easy_perform(wire);
            }
            """, "1️⃣ call curl 2022-01-01"),
        CodeCase(
            "C++: cpr", "a.cpp",
            """
            #include <cpr/cpr.h>
            #include <string>

            static const std::string kRoot = "https://api.app.wdesk.com/platform/v1";

            cpr::Response one(const std::string& ident) {
                return cpr::Get(cpr::Url{kRoot + 1️⃣"/operations/" + ident}, cpr::Header{{"X-Version", "2022-01-01"}});
            }
            """, "1️⃣ call cpr 2022-01-01"),
        CodeCase(
            "VBA: WinHttp with a header", "a.bas",
            """
            Const Root As String = "https://api.app.wdesk.com/platform/v1"

            Function One(ident As String) As String
                Dim wire As Object
                Set wire = CreateObject("MSXML2.ServerXMLHTTP.6.0")
                wire.Open "GET", Root & 1️⃣"/operations/" & ident, False
                wire.setRequestHeader "X-Version", "2022-01-01"
                wire.send
                One = wire.responseText
            End Function
            """, "1️⃣ call winhttp 2022-01-01"),
        CodeCase(
            "VBA: a block about an object", "a.bas",
            """
            Sub One(ident As String)
                With CreateObject("WinHttp.WinHttpRequest.5.1")
                    .Open "GET", 1️⃣"https://api.app.wdesk.com/platform/v1/operations/" & ident, False
                    .SetRequestHeader "X-Version", "2022-01-01"
                    .Send
                    Debug.Print .ResponseText
                End With
            End Sub
            """, "1️⃣ call winhttp 2022-01-01"),
        CodeCase(
            "SQL: an extension's call", "a.sql",
            """
            create function one(ident text) returns text language sql as $$
                select content from http((
                    'GET', 1️⃣'https://api.app.wdesk.com/platform/v1/operations/' || ident,
                    array[http_header('X-Version', '2022-01-01')], null, null
                )::http_request);
            $$;
            """, "1️⃣ call - 2022-01-01"),
        CodeCase(
            "Objective-C: a request by message sends", "a.m",
            """
            #import <Foundation/Foundation.h>

            @implementation Gate
            - (void)one:(NSString *)ident {
                NSString *link = [NSString stringWithFormat:1️⃣@"https://api.app.wdesk.com/platform/v1/operations/%@", ident];
                NSMutableURLRequest *ask = [NSMutableURLRequest requestWithURL:[NSURL URLWithString:link]];
                [ask setValue:@"2022-01-01" forHTTPHeaderField:@"X-Version"];
                [[[NSURLSession sharedSession] dataTaskWithRequest:ask completionHandler:^(NSData *d, NSURLResponse *r, NSError *e) {}] resume];
            }
            @end
            """, "1️⃣ call urlsession 2022-01-01"),
    ]

    @Test("finds what it must and nothing else", arguments: cases)
    func finds(_ code: CodeCase) async throws { try await code.check() }
}
