import Testing

@Suite("Documents: settings that lead to a caller")
struct SettingLinkTests {
    @Test("a setting that names an environment variable has the value of the environment file")
    func environmentFile() async throws {
        let found = try await DocumentSites.found(in: [
            "config.yml": "app:\n  base-url: ${APP_WDESK}\n",
            "prod.env": "APP_WDESK=https://api.app.wdesk.com\n",
            "poll.py": """
            import requests, yaml
            config = yaml.safe_load(open("config.yml"))
            requests.get(config["app"]["base-url"] + "/platform/v1/operations/" + name)
            """,
        ])
        #expect(found == ["poll.py:3 call requests implicit"])
    }

    @Test("two environments that disagree leave a setting open")
    func disagreement() async throws {
        let found = try await DocumentSites.found(in: [
            "config.yml": "app:\n  base-url: ${APP_BASE}\n",
            "a.env": "APP_BASE=https://api.app.wdesk.com\n",
            "b.env": "APP_BASE=https://other.example.com\n",
            "poll.py": """
            import requests, yaml
            config = yaml.safe_load(open("config.yml"))
            requests.get(config["app"]["base-url"] + "/operations/" + name)
            """,
        ])
        #expect(found == [])
    }

    @Test("a chart's values fill its templates")
    func chart() async throws {
        let found = try await DocumentSites.found(in: [
            "values.yaml": "wdesk:\n  url: https://api.app.wdesk.com/platform/v1\n",
            "templates/cron.yaml": """
            kind: CronJob
            spec:
              containers:
                - env:
                    - name: BASE
                      value: {{ .Values.wdesk.url | quote }}
                  command:
                    - sh
                    - -c
                    - 'curl -H "X-Version: 2022-01-01" "$BASE/operations/$ID"'
            """,
        ])
        #expect(found == ["templates/cron.yaml:10 call curl 2022-01-01"])
    }

    @Test("code that reads the setting is the site, though it has no word of the endpoint")
    func reader() async throws {
        let setting = "https://api.app.wdesk.com/platform/v1/operations/"
        let found = try await DocumentSites.found(in: [
            "function.tf": """
            resource "aws_lambda_function" "poll" {
              environment { variables = { STATUS_PREFIX = "\(setting)" } }
            }
            """,
            "poll.py": """
            import os, requests
            requests.get(os.environ["STATUS_PREFIX"] + "1")
            """,
            "unread.env": "OTHER_PREFIX=\(setting)\n",
        ])
        #expect(found == ["poll.py:2 call requests implicit", "unread.env:1 definition"])
    }
}
