import Testing

@Suite("Code: clients that other teams make")
struct UnseenClientTests {
    static let cases: [CodeCase] = [
        CodeCase(
            "a method of an object is not the function of its name", "a.js",
            """
            export default {
              async fetch(request, env) {
                return fetch('https://api.app.wdesk.com' + 1️⃣'/platform/v1/operations/' + request.id);
              },
            };
            """, "1️⃣ call fetch implicit"),
        CodeCase(
            "a client that is called itself", "a.js",
            """
            import got from 'got';
            const api = got.extend({ prefixUrl: 'https://api.app.wdesk.com/platform/v1' });
            export const look = (ident) => api(1️⃣`operations/${ident}`).json();
            export const drop = (ident) => api.delete(`operations/${ident}`);
            """, "1️⃣ call got implicit"),
        CodeCase(
            "a wrapper's options carry the method",
            [
                "a.js": """
                const https = require('https');
                class Base {
                  send(method, path) {
                    return https.request({ method, hostname: 'api.app.wdesk.com', path: '/platform/v1' + path }).end();
                  }
                }
                class Api extends Base {
                  look(ident) { return this.send('GET', 1️⃣`/operations/${ident}`); }
                  drop(ident) { return this.send('POST', `/operations/${ident}`); }
                }
                """,
                "b.ts": """
                const api = (path: string, init: RequestInit = {}) =>
                  fetch(`https://api.eu.wdesk.com/platform/v1${path}`, { ...init, credentials: 'omit' });
                export const look = (ident: string) => api(2️⃣`/operations/${ident}`);
                export const drop = (ident: string) => api(`/operations/${ident}`, { method: 'DELETE' });
                """,
            ], "1️⃣ call node-http implicit", "2️⃣ call fetch implicit"),
        CodeCase(
            "what a container provides by name, and a builder in a block", "A.java",
            """
            import org.springframework.context.annotation.Bean;
            import org.springframework.scheduling.annotation.Scheduled;
            import org.springframework.web.client.RestTemplate;
            import org.springframework.web.reactive.function.client.WebClient;
            class Clients {
                @Bean
                RestTemplate wdeskTemplate(RestTemplateBuilder builder) {
                    return builder.rootUri("https://api.eu.wdesk.com/platform/v1").build();
                }
                @Bean
                WebClient wdeskClient(WebClient.Builder builder) {
                    return builder.baseUrl("https://api.app.wdesk.com/platform/v1").build();
                }
            }
            class Reader {
                private final RestTemplate wdeskTemplate;
                private final WebClient wdeskClient;
                Reader(RestTemplate wdeskTemplate, WebClient wdeskClient) {
                    this.wdeskTemplate = wdeskTemplate;
                    this.wdeskClient = wdeskClient;
                }
                @Scheduled(fixedDelay = 5000)
                void look() { wdeskTemplate.getForObject(1️⃣"/operations/{id}", String.class, ident()); }
                Mono<String> read(String ident) {
                    return wdeskClient.get().uri(b -> b.path(2️⃣"/operations/{id}").build(ident)).retrieve().bodyToMono(String.class);
                }
            }
            """, "1️⃣ call resttemplate implicit loop", "2️⃣ call webclient implicit"),
        CodeCase(
            "Faraday takes the base's path as a folder", "a.rb",
            """
            module Wdesk
              def self.connection
                Faraday.new(url: "https://api.app.wdesk.com/platform/v1") { |f| f.headers["X-Version"] = "2022-01-01" }
              end
            end
            class Reader
              def initialize = @connection = Wdesk.connection
              def look(ident) = @connection.get(1️⃣"operations/#{ident}")
            end
            """, "1️⃣ call faraday 2022-01-01"),
        CodeCase(
            "records of a URL's parts",
            [
                "a.go": """
                package a

                import (
                	"net/http"
                	"net/url"
                )

                func Look(ident string) (*http.Response, error) {
                	place := url.URL{Scheme: "https", Host: "api.app.wdesk.com", Path: 1️⃣"/platform/v1/operations/" + ident}
                	return http.Get(place.String())
                }

                func Other(ident string) (*http.Response, error) {
                	place := url.URL{Scheme: "https", Host: "jobs.example.com", Path: "/platform/v1/operations/" + ident}
                	return http.Get(place.String())
                }
                """,
                "a.dart": """
                import 'package:http/http.dart' as http;
                Future<http.Response> look(String ident) => http.get(
                    Uri(scheme: 'https', host: 'api.eu.wdesk.com', pathSegments: ['platform', 'v1', 2️⃣'operations', ident]));
                """,
            ], "1️⃣ call net/http implicit", "2️⃣ call http implicit"),
        CodeCase(
            "queries that a client describes", "a.ts",
            """
            import { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query/react';
            export const api = createApi({
              baseQuery: fetchBaseQuery({ baseUrl: 'https://api.eu.wdesk.com/platform/v1' }),
              endpoints: (build) => ({
                look: build.query<unknown, string>({ query: (ident) => 1️⃣`/operations/${ident}` }),
                drop: build.mutation<unknown, string>({ query: (ident) => ({ url: `/operations/${ident}`, method: 'DELETE' }) }),
              }),
            });
            """, "1️⃣ call - implicit"),
        CodeCase(
            "a field of Android's build file",
            [
                "app/build.gradle.kts": """
                android { defaultConfig { buildConfigField("String", "WDESK_URL", "\\"https://api.app.wdesk.com/platform/v1/\\"") } }
                """,
                "app/src/A.kt": """
                import retrofit2.Retrofit
                import retrofit2.http.GET
                interface Operations {
                    @GET(1️⃣"operations/{id}")
                    suspend fun look(@Path("id") ident: String): Operation
                }
                val operations: Operations = Retrofit.Builder().baseUrl(BuildConfig.WDESK_URL).build().create(Operations::class.java)
                """,
            ], "1️⃣ call retrofit implicit"),
    ]

    @Test("Clients and wrappers lead to their base and method", arguments: cases)
    func check(_ example: CodeCase) async throws { try await example.check() }
}
