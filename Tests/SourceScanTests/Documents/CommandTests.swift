import Testing

@Suite("Documents: commands")
struct CommandTests {
    @Test("a command that a document runs is a call of its client", arguments: cases)
    func commands(_ document: DocumentCase) async throws { try await document.check() }

    static let cases = pipelines + builds + services

    static let pipelines: [DocumentCase] = [
        DocumentCase(
            ".github/workflows/export.yml",
            """
            env:
              WDESK: https://api.app.wdesk.com
              VERSION: "2022-01-01"
            jobs:
              export:
                steps:
                  - run: |
                      for i in $(seq 60); do
                        curl -H "X-Version: $VERSION" "$WDESK/platform/v1/operations/${{ inputs.id }}"
                        sleep 5
                      done
                  - uses: actions/github-script@v7
                    with:
                      script: |
                        await fetch(`https://api.app.wdesk.com/platform/v1/operations/${id}`)
                  - shell: python
                    run: |
                      import requests
                      requests.get("https://api.app.wdesk.com/platform/v1/operations/" + name)
                  - uses: nick-fields/retry@v3
                    with:
                      command: curl https://api.app.wdesk.com/platform/v1/operations/$ID
                  - run: curl -X DELETE "$WDESK/platform/v1/operations/1"
                  - uses: docker://curlimages/curl:8
                    with:
                      args: -fsS https://api.app.wdesk.com/platform/v1/operations/2
            """,
            [
                "9 call curl 2022-01-01 loop", "15 call fetch implicit",
                "19 call requests implicit", "22 call curl implicit loop", "26 call curl implicit",
            ]),
        DocumentCase(
            ".gitlab-ci.yml",
            """
            variables:
              BASE: https://api.app.wdesk.com/platform/v1
            poll:
              script:
                - |
                  while :; do
                    curl -H "X-Version: 2022-01-01" "$BASE/operations/$OP" && break
                  done
                - 'curl --header "X-Version: 2026-01-01" "https://api.app.wdesk.com/operations/$OP"'
            """, ["7 call curl 2022-01-01 loop", "9 call migrated curl 2026-01-01"]),
        DocumentCase(
            "azure-pipelines.yml",
            """
            pool: {vmImage: ubuntu-latest}
            variables:
              wdesk: https://api.app.wdesk.com
            steps:
              - script: curl -H "X-Version: 2022-01-01" "$(wdesk)/platform/v1/operations/$(id)"
              - pwsh: Invoke-RestMethod -Uri "$(wdesk)/platform/v1/operations/$env:OP"
            """, ["5 call curl 2022-01-01", "6 call invoke-restmethod implicit"]),
    ]

    static let builds: [DocumentCase] = [
        DocumentCase(
            "Dockerfile",
            """
            FROM alpine
            ENV WDESK=https://api.app.wdesk.com
            RUN apk add curl && \\
                curl "$WDESK/platform/v1/operations/1"
            HEALTHCHECK --interval=5m CMD ["curl", "-f", "https://api.app.wdesk.com/platform/v1/operations/2"]
            ENTRYPOINT ["curl"]
            CMD ["https://api.eu.wdesk.com/platform/v1/operations/3"]
            """, ["4 call curl implicit", "5 call curl implicit", "7 call curl implicit"]),
        DocumentCase(
            "Containerfile",
            """
            RUN --mount=type=secret,id=t <<EOT
            curl -H "X-Version: 2022-01-01" \\
              https://api.app.wdesk.com/platform/v1/operations/1
            EOT
            RUN python3 - <<PY
            import requests
            requests.get("https://api.app.wdesk.com/platform/v1/operations/2")
            PY
            """, ["3 call curl 2022-01-01", "7 call requests implicit"]),
        DocumentCase(
            "poll.mk",
            """
            BASE = https://api.app.wdesk.com/platform/v1
            STATUS := $(shell curl $(BASE)/operations/1)
            define poll
            while :; do \\
              curl $(BASE)/operations/$(1) && break; \\
            done
            endef
            """, ["2 call curl implicit", "5 call curl implicit loop"]),
        DocumentCase(
            "build.xml",
            """
            <project><target name="op">
            <exec executable="curl">
            <arg line="-H 'X-Version: 2022-01-01' https://api.app.wdesk.com/platform/v1/operations/1"/></exec>
            <exec executable="curl"><arg value="-s"/>
            <arg value="https://api.app.wdesk.com/platform/v1/operations/2"/></exec>
            </target></project>
            """, ["3 call curl 2022-01-01", "5 call curl implicit"]),
        DocumentCase(
            "Makefile",
            """
            WDESK ?= https://api.app.wdesk.com
            URL = $(WDESK)/platform/v1
            AUTH := -H "X-Version: 2022-01-01"
            get:
            \t@curl $(AUTH) "$(URL)/operations/$(ID)"
            cancel:
            \t@curl -X DELETE "$(URL)/operations/$(ID)"
            """, ["5 call curl 2022-01-01"]),
        DocumentCase(
            "justfile",
            """
            base := "https://api.app.wdesk.com"
            op id:
                curl -H 'X-Version: 2022-01-01' {{base}}/platform/v1/operations/{{id}}
            """, ["3 call curl 2022-01-01"]),
        DocumentCase(
            "package.json",
            """
            {"scripts": {"op": "curl https://api.app.wdesk.com/platform/v1/operations/$OP"}}
            """, ["1 call curl implicit"]),
        DocumentCase(
            "Taskfile.yml",
            """
            vars: {BASE: https://api.app.wdesk.com}
            tasks:
              op:
                cmds:
                  - curl {{.BASE}}/platform/v1/operations/{{.ID}}
            """, ["5 call curl implicit"]),
    ]

    static let services: [DocumentCase] = [
        DocumentCase(
            "compose.yaml",
            """
            services:
              probe:
                command:
                  - wget
                  - "--header=X-Version: 2022-01-01"
                  - https://api.eu.wdesk.com/platform/v1/operations/1
                healthcheck:
                  test: ["CMD-SHELL", "curl -f https://api.app.wdesk.com/platform/v1/operations/$$ID"]
              own:
                healthcheck:
                  test: [CMD, curl, "http://localhost:8080/platform/v1/operations/self"]
            """, ["6 call wget 2022-01-01", "8 call curl implicit"]),
        DocumentCase(
            "job.yaml",
            """
            kind: CronJob
            spec:
              containers:
                - command: ["/bin/sh", "-c"]
                  args:
                    - |
                      while true; do
                        curl -H "X-Version: 2022-01-01" \\
                          "https://api.app.wdesk.com/platform/v1/operations/$ID" && break
                      done
            """, ["9 call curl 2022-01-01 loop"]),
        DocumentCase(
            "cloud-init.yaml",
            """
            runcmd:
              - bash -c 'curl https://api.app.wdesk.com/platform/v1/operations/1'
              - [curl, -s, "https://api.app.wdesk.com/platform/v1/operations/2"]
            """, ["2 call curl implicit", "3 call curl implicit"]),
        DocumentCase(
            "action.yml",
            """
            runs:
              using: composite
              steps:
                - shell: bash
                  run: echo "TARGET=https://api.app.wdesk.com" >> "$GITHUB_ENV"
                - shell: pwsh
                  run: Invoke-WebRequest "$env:TARGET/platform/v1/operations/$id"
            """, ["7 call invoke-webrequest implicit"]),
        DocumentCase(
            "image.yaml",
            """
            kind: Pod
            spec:
              containers:
                - image: curlimages/curl:8
                  args:
                    - -H
                    - "X-Version: 2022-01-01"
                    - https://api.app.wdesk.com/platform/v1/operations/1
                - image: curlimages/curl:8
                  command: [sh, -c]
                  args: ["curl https://api.app.wdesk.com/platform/v1/operations/2"]
            """, ["8 call curl 2022-01-01", "11 call curl implicit"]),
        DocumentCase(
            "poll.service",
            """
            [Service]
            ExecStart=/usr/bin/curl -fsS https://api.app.wdesk.com/platform/v1/operations/%i
            """, ["2 call curl implicit"]),
        DocumentCase(
            "crontab",
            """
            BASE=https://api.app.wdesk.com
            */5 * * * * curl -s $BASE/platform/v1/operations/$(cat /tmp/id)
            """, ["2 call curl implicit"]),
    ]
}
