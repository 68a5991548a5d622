import Testing

@Suite("Code: Swift, Rust, shell, PowerShell")
struct NativeCodeTests {
    static let swift: [CodeCase] = [
        CodeCase(
            "URLSession with a literal, an interpolation, components and a format", "A.swift",
            #"""
            import Foundation

            enum Places {
                static let host = "https://api.app.wdesk.com"
                static let version = "2022-01-01"
            }

            struct Gate {
                func one() async throws -> Data {
                    try await URLSession.shared.data(from: URL(string: 1️⃣"https://api.app.wdesk.com/platform/v1/operations/1")!).0
                }
                func two(_ ident: String) async throws -> Data {
                    var ask = URLRequest(url: URL(string: 2️⃣"\(Places.host)/platform/v1/operations/\(ident)")!)
                    ask.setValue(Places.version, forHTTPHeaderField: "X-Version")
                    let (data, _) = try await URLSession.shared.data(for: ask)
                    return data
                }
                func three(_ ident: String) {
                    let link = URL(string: Places.host)!.appendingPathComponent(3️⃣"platform/v1/operations").appendingPathComponent(ident)
                    URLSession.shared.dataTask(with: link) { _, _, _ in }.resume()
                }
                func four(_ ident: String) async throws {
                    let link = String(format: 4️⃣"%@/platform/v1/operations/%@", Places.host, ident)
                    var ask = URLRequest(url: URL(string: link)!)
                    ask.addValue("2026-01-01", forHTTPHeaderField: "X-Version")
                    _ = try await URLSession.shared.data(for: ask)
                }
                func drop(_ ident: String) async throws {
                    var ask = URLRequest(url: URL(string: "\(Places.host)/platform/v1/operations/\(ident)")!)
                    ask.httpMethod = "DELETE"
                    _ = try await URLSession.shared.data(for: ask)
                }
            }
            """#, "1️⃣ call urlsession implicit", "2️⃣ call urlsession 2022-01-01",
            "3️⃣ call urlsession implicit", "4️⃣ call urlsession 2026-01-01 half"),
        CodeCase(
            "Alamofire, AsyncHTTPClient, constants of another file",
            [
                "Sources/Places.swift": #"""
                enum Desk { static let root = "https://api.eu.wdesk.com/platform/v1" }
                """#,
                "Sources/One.swift": #"""
                import Alamofire
                func one(_ ident: String) async throws -> String {
                    try await AF.request(Desk.root + 1️⃣"/operations/" + ident, headers: ["X-Version": "2022-01-01"]).serializingString().value
                }
                """#,
                "Sources/Two.swift": #"""
                import AsyncHTTPClient
                func two(_ client: HTTPClient, _ ident: String) async throws {
                    var ask = HTTPClientRequest(url: 2️⃣"\(Desk.root)/operations/\(ident)")
                    ask.headers.add(name: "X-Version", value: "2022-01-01")
                    _ = try await client.execute(ask, timeout: .seconds(5))
                }
                """#,
            ], "1️⃣ call alamofire 2022-01-01", "2️⃣ call async-http-client 2022-01-01"),
        CodeCase(
            "loops, the wait, migration and an own route", "A.swift",
            #"""
            import Foundation
            let host = "https://api.app.wdesk.com"

            func patient(_ ident: String) async throws {
                while true {
                    let (_, reply) = try await URLSession.shared.data(from: URL(string: 1️⃣"\(host)/platform/v1/operations/\(ident)")!)
                    guard let web = reply as? HTTPURLResponse, web.statusCode != 200 else { return }
                    let pause = web.value(forHTTPHeaderField: "Retry-After").flatMap(Double.init) ?? 1
                    try await Task.sleep(for: .seconds(pause))
                }
            }
            func hasty(_ ident: String) async throws {
                repeat {
                    _ = try await URLSession.shared.data(from: URL(string: 2️⃣host + "/platform/v1/operations/" + ident)!)
                } while !done
            }
            func migrated(_ ident: String) async throws {
                var ask = URLRequest(url: URL(string: 3️⃣"\(host)/operations/\(ident)")!)
                ask.setValue("2026-01-01", forHTTPHeaderField: "X-Version")
                _ = try await URLSession.shared.data(for: ask)
            }
            func own(_ app: Application) {
                app.get("platform", "v1", "operations", ":ident") { _ in "mine" }
            }
            """#, "1️⃣ call urlsession implicit honoured", "2️⃣ call urlsession implicit loop",
            "3️⃣ call migrated urlsession 2026-01-01"),
    ]

    static let rust: [CodeCase] = [
        CodeCase(
            "reqwest with a literal, a format, a concatenation and captured constants", "a.rs",
            """
            const ROOT: &str = "https://api.app.wdesk.com/platform/v1";
            const VERSION: &str = "2022-01-01";

            pub async fn one() -> reqwest::Result<String> {
                reqwest::get(1️⃣"https://api.app.wdesk.com/platform/v1/operations/1").await?.text().await
            }
            pub async fn two(web: &reqwest::Client, ident: &str) -> reqwest::Result<reqwest::Response> {
                web.get(format!(2️⃣"{}/operations/{}", ROOT, ident)).header("X-Version", VERSION).send().await
            }
            pub async fn three(web: &reqwest::Client, ident: &str) -> reqwest::Result<reqwest::Response> {
                let link = format!(3️⃣"{ROOT}/operations/{ident}");
                web.get(&link).send().await
            }
            pub async fn four(web: &reqwest::Client, ident: &str) -> reqwest::Result<reqwest::Response> {
                let link = ROOT.to_string() + 4️⃣"/operations/" + ident;
                web.get(link).header("X-Version", std::env::var("WDESK_VERSION").unwrap()).send().await
            }
            pub async fn drop(web: &reqwest::Client, ident: &str) {
                let _ = web.delete(format!("{ROOT}/operations/{ident}")).send().await;
                let _ = web.get(format!("{ROOT}/operations/{ident}/results")).send().await;
            }
            """, "1️⃣ call reqwest implicit", "2️⃣ call reqwest 2022-01-01",
            "3️⃣ call reqwest implicit", "4️⃣ call reqwest dynamic"),
        CodeCase(
            "a struct whose constructor has the base, constants of another module, ureq",
            [
                "src/places.rs": """
                pub const ROOT: &str = "https://api.eu.wdesk.com/platform/v1";
                """,
                "src/main.rs": """
                mod places;
                use crate::places::ROOT;

                pub struct Gate { base: String, web: reqwest::Client }

                impl Gate {
                    pub fn new() -> Self {
                        Self { base: ROOT.to_owned(), web: reqwest::Client::new() }
                    }
                    pub async fn operation(&self, ident: &str) -> reqwest::Result<reqwest::Response> {
                        self.web.get(format!(1️⃣"{}/operations/{}", self.base, ident)).send().await
                    }
                }

                fn plain(ident: &str) {
                    let _ = ureq::get(&format!(2️⃣"{}/operations/{}", places::ROOT, ident)).set("X-Version", "2026-01-01").call();
                }
                """,
            ], "1️⃣ call reqwest implicit", "2️⃣ call ureq 2026-01-01 half"),
        CodeCase(
            "loops, the wait, the link of a 202, migration", "a.rs",
            """
            const HOST: &str = "https://api.app.wdesk.com";

            pub async fn patient(web: &reqwest::Client, ident: &str) -> reqwest::Result<()> {
                loop {
                    let reply = web.get(format!(1️⃣"{HOST}/platform/v1/operations/{ident}")).send().await?;
                    if reply.status().is_success() { return Ok(()); }
                    let pause = reply.headers().get("retry-after").and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok()).unwrap_or(1);
                    tokio::time::sleep(std::time::Duration::from_secs(pause)).await;
                }
            }
            pub async fn hasty(web: &reqwest::Client, ident: &str) -> reqwest::Result<()> {
                for _ in 0..50 {
                    web.get(format!(2️⃣"{HOST}/platform/v1/operations/{ident}")).send().await?;
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
                Ok(())
            }
            pub async fn export(web: &reqwest::Client, doc: &str) -> reqwest::Result<reqwest::Response> {
                let begun = web.post(format!("{HOST}/platform/v1/documents/{doc}/export")).send().await?;
                let link = begun.headers()["location"].to_str().unwrap().to_string();
                3️⃣web.get(link).header("X-Version", "2022-01-01").send().await
            }
            pub async fn done(web: &reqwest::Client, ident: &str) -> reqwest::Result<reqwest::Response> {
                web.get(format!(4️⃣"{HOST}/operations/{ident}")).header("X-Version", "2026-01-01").send().await
            }
            """, "1️⃣ call reqwest implicit honoured", "2️⃣ call reqwest implicit loop",
            "3️⃣ indirect reqwest 2022-01-01", "4️⃣ call migrated reqwest 2026-01-01"),
    ]

    static let shell: [CodeCase] = [
        CodeCase(
            "curl with a literal, variables and options in every order", "a.sh",
            """
            #!/bin/bash
            set -euo pipefail
            ROOT=https://api.app.wdesk.com/platform/v1
            VERSION="2022-01-01"

            curl -s 1️⃣https://api.app.wdesk.com/platform/v1/operations/1
            curl -fsS -H "X-Version: $VERSION" -H "Authorization: Bearer $KEY" 2️⃣"${ROOT}/operations/${1}" | jq -r .status
            link="$ROOT3️⃣/operations/$1"
            wget -qO- --header="X-Version: 2022-01-01" "$link"
            http GET 4️⃣"$ROOT/operations/$1" X-Version:2026-01-01
            curl -X DELETE "$ROOT/operations/$1"
            curl -I "$ROOT/operations/$1"
            curl -s "$ROOT/operations/$1/timeline"
            curl -s "https://tasks.example/platform/v1/operations/$1"
            echo "asked $ROOT/operations/$1"
            """, "1️⃣ call curl implicit", "2️⃣ call curl 2022-01-01", "3️⃣ call wget 2022-01-01",
            "4️⃣ call httpie 2026-01-01 half"),
        CodeCase(
            "functions, arrays, a sourced file, a default of the environment",
            [
                "places.sh": """
                WDESK_ROOT=${WDESK_ROOT:-https://api.eu.wdesk.com/platform/v1}
                """,
                "run.sh": """
                source ./places.sh
                ask() {
                  local tail=$1
                  local head=(-H "X-Version: ${WDESK_VERSION:-2022-01-01}" -H "Accept: application/json")
                  curl -sS "${head[@]}" "${WDESK_ROOT}${tail}"
                }
                ask "1️⃣/operations/$1"
                """,
            ], "1️⃣ call curl dynamic"),
        CodeCase(
            "loops, the wait and the link of a 202", "a.sh",
            """
            ROOT=https://api.app.wdesk.com/platform/v1
            patient() {
              while true; do
                reply=$(curl -si 1️⃣"$ROOT/operations/$1")
                grep -q completed <<<"$reply" && break
                sleep "$(sed -n 's/^[Rr]etry-[Aa]fter: //p' <<<"$reply" | tr -d '\\r')"
              done
            }
            until curl -s 2️⃣"$ROOT/operations/$2" | grep -q completed; do
              sleep 1
            done
            link=$(curl -si -X POST "$ROOT/documents/$3/export" | awk 'tolower($1) == "location:" {print $2}' | tr -d '\\r')
            3️⃣curl -s -H 'X-Version: 2022-01-01' "$link"
            """, "1️⃣ call curl implicit honoured", "2️⃣ call curl implicit loop",
            "3️⃣ indirect curl 2022-01-01"),
        CodeCase(
            "migration", "a.sh",
            """
            HOST=https://api.app.wdesk.com
            curl -s -H 'X-Version: 2026-01-01' "$HOST1️⃣/operations/$1"
            curl -s "$HOST2️⃣/operations/$1"
            """, "1️⃣ call migrated curl 2026-01-01", "2️⃣ call migrated curl implicit half"),
    ]

    static let powershell: [CodeCase] = [
        CodeCase(
            "Invoke-RestMethod with a literal, variables, splatting and a format", "a.ps1",
            """
            $Root = 'https://api.app.wdesk.com/platform/v1'
            $Head = @{ 'X-Version' = '2022-01-01'; Authorization = "Bearer $Key" }

            Invoke-RestMethod -Uri 1️⃣'https://api.app.wdesk.com/platform/v1/operations/1'
            Invoke-RestMethod -Method Get -Uri 2️⃣"$Root/operations/$Ident" -Headers $Head
            irm (3️⃣'{0}/operations/{1}' -f $Root, $Ident)
            $ask = @{
                Uri     = 4️⃣"$Root/operations/$($Item.Id)"
                Headers = @{ 'X-Version' = '2026-01-01' }
            }
            Invoke-WebRequest @ask
            Invoke-RestMethod -Method Delete -Uri "$Root/operations/$Ident"
            Invoke-RestMethod -Uri "$Root/operations/$Ident/results"
            Invoke-RestMethod "https://tasks.example/platform/v1/operations/$Ident"
            Write-Host "asked $Root/operations/$Ident"
            """, "1️⃣ call invoke-restmethod implicit", "2️⃣ call invoke-restmethod 2022-01-01",
            "3️⃣ call invoke-restmethod implicit", "4️⃣ call invoke-webrequest 2026-01-01 half"),
        CodeCase(
            "functions with defaults, loops and the wait", "a.psm1",
            """
            function Get-Operation {
                param([string]$Ident, [string]$Root = 'https://api.eu.wdesk.com/platform/v1', [string]$Version = '2022-01-01')
                Invoke-WebRequest -Uri 1️⃣"$Root/operations/$Ident" -Headers @{ 'X-Version' = $Version }
            }
            function Wait-Patient($Ident) {
                do {
                    $reply = Get-Operation -Ident $Ident
                    Start-Sleep -Seconds ([int]$reply.Headers['Retry-After'])
                } until ($reply.Content -match 'completed')
            }
            function Wait-Hasty($Ident) {
                while ($true) {
                    $reply = Invoke-RestMethod -Uri 2️⃣("https://api.app.wdesk.com/platform/v1/operations/" + $Ident) -Headers @{ 'X-Version' = $env:WDESK_VERSION }
                    if ($reply.status -eq 'completed') { break }
                    Start-Sleep -Milliseconds 200
                }
            }
            """, "1️⃣ call invoke-webrequest 2022-01-01 honoured",
            "2️⃣ call invoke-restmethod dynamic loop"),
        CodeCase(
            "migration and the link of a 202", "a.ps1",
            """
            $Base = 'https://api.app.wdesk.com'
            Invoke-RestMethod -Uri "$Base1️⃣/operations/$Ident" -Headers @{ 'X-Version' = '2026-01-01' }
            Invoke-RestMethod -Uri "$Base2️⃣/operations/$Ident"
            $begun = Invoke-WebRequest -Method Post -Uri "$Base/platform/v1/documents/$Doc/export" -Body '{}'
            3️⃣Invoke-RestMethod -Uri $begun.Headers.Location -Headers @{ 'X-Version' = '2022-01-01' }
            """, "1️⃣ call migrated invoke-restmethod 2026-01-01",
            "2️⃣ call migrated invoke-restmethod implicit half",
            "3️⃣ indirect invoke-restmethod 2022-01-01"),
    ]

    @Test("Swift: finds what it must and nothing else", arguments: swift)
    func findsSwift(_ code: CodeCase) async throws { try await code.check() }

    @Test("Rust: finds what it must and nothing else", arguments: rust)
    func findsRust(_ code: CodeCase) async throws { try await code.check() }

    @Test("shell: finds what it must and nothing else", arguments: shell)
    func findsShell(_ code: CodeCase) async throws { try await code.check() }

    @Test("PowerShell: finds what it must and nothing else", arguments: powershell)
    func findsPowerShell(_ code: CodeCase) async throws { try await code.check() }
}
