import Testing

@Suite("Code: Python")
struct PythonCodeTests {
    static let cases: [CodeCase] = [
        CodeCase(
            "a literal in the call", "a.py",
            """
            import requests

            def probe():
                return requests.get(1️⃣"https://api.app.wdesk.com/platform/v1/operations/77", timeout=9)
            """, "1️⃣ call requests implicit"),
        CodeCase(
            "a concatenation over two statements", "a.py",
            """
            import httpx

            def probe(ident):
                target = "https://api.eu.wdesk.com"
                target = target + 1️⃣"/platform/v1/operations/" + ident
                with httpx.Client() as web:
                    return web.get(target)
            """, "1️⃣ call httpx implicit"),
        CodeCase(
            "an interpolation with a host of the region", "a.py",
            """
            import aiohttp

            async def probe(session: aiohttp.ClientSession, region, ident):
                async with session.get(1️⃣f"https://api.{region}.wdesk.com/platform/v1/operations/{ident}") as reply:
                    return await reply.json()
            """, "1️⃣ call aiohttp implicit"),
        CodeCase(
            "format, percent and a template string", "a.py",
            """
            from string import Template
            import requests

            PATTERN = "https://api.app.wdesk.com/platform/v1/operations/{}"
            OLD = "https://api.app.wdesk.com/platform/v1/operations/%s"

            def one(ident):
                return requests.get(1️⃣PATTERN.format(ident))

            def two(ident):
                return requests.get(2️⃣OLD % ident)

            def three(ident):
                url = Template(3️⃣"https://api.app.wdesk.com/platform/v1/operations/$ident").substitute(ident=ident)
                return requests.get(url)
            """, "1️⃣ call requests implicit", "2️⃣ call requests implicit",
            "3️⃣ call requests implicit"),
        CodeCase(
            "constants of another file",
            [
                "pkg/places.py": """
                HOST = "https://api.apac.wdesk.com"
                PREFIX = HOST + "/platform/v1"
                """,
                "pkg/__init__.py": "",
                "pkg/reader.py": """
                import requests
                from .places import PREFIX
                from pkg import places

                def one(ident):
                    return requests.get(PREFIX + 1️⃣"/operations/" + ident)

                def two(ident):
                    return requests.get(2️⃣f"{places.PREFIX}/operations/{ident}")
                """,
            ], "1️⃣ call requests implicit", "2️⃣ call requests implicit"),
        CodeCase(
            "a wrapper class whose base comes through its constructor", "a.py",
            """
            import requests

            class Gate:
                def __init__(self, root="https://api.app.wdesk.com/platform/v1"):
                    self.root = root.rstrip("/")
                    self.web = requests.Session()
                    self.web.headers.update({"X-Version": "2022-01-01"})

                def _read(self, tail, **more):
                    return self.web.request("GET", self.root + tail, **more)

                def operation(self, ident):
                    return self._read(1️⃣f"/operations/{ident}").json()

                def drop(self, ident):
                    return self.web.request("DELETE", f"{self.root}/operations/{ident}")
            """, "1️⃣ call requests 2022-01-01"),
        CodeCase(
            "a client with a base URL", "a.py",
            """
            import httpx

            web = httpx.AsyncClient(base_url="https://api.app.wdesk.com/platform/v1", headers={"X-Version": "2026-01-01"})

            async def probe(ident):
                return await web.get(1️⃣f"/operations/{ident}")
            """, "1️⃣ call httpx 2026-01-01 half"),
        CodeCase(
            "urllib with a request object", "a.py",
            """
            import json
            import urllib.request

            def probe(ident, key):
                ask = urllib.request.Request(1️⃣"https://api.app.wdesk.com/platform/v1/operations/" + ident)
                ask.add_header("Authorization", "Bearer " + key)
                ask.add_header("X-Version", "2022-01-01")
                with urllib.request.urlopen(ask) as reply:
                    return json.load(reply)
            """, "1️⃣ call urllib 2022-01-01"),
        CodeCase(
            "http.client joins host and path", "a.py",
            """
            import http.client

            def probe(ident):
                line = http.client.HTTPSConnection("api.app.wdesk.com")
                line.request("GET", 1️⃣"/platform/v1/operations/" + ident, headers={"X-Version": "2022-01-01"})
                return line.getresponse().read()
            """, "1️⃣ call http.client 2022-01-01"),
        CodeCase(
            "the version from the environment, from an argument, from nowhere", "a.py",
            """
            import os
            import requests

            URL = "https://api.app.wdesk.com/platform/v1/operations/"

            def one(ident):
                return requests.get(1️⃣URL + ident, headers={"X-Version": os.environ["WORKIVA_VERSION"]})

            def two(ident):
                return requests.get(2️⃣URL + ident, headers={"X-Version": os.getenv("V", "2022-01-01")})

            def three(ident, version):
                return requests.get(3️⃣URL + ident, headers={"X-Version": version})

            def four(ident):
                return requests.get(4️⃣URL + ident, headers={"X-Api-Version": "2022-01-01"})
            """, "1️⃣ call requests dynamic", "2️⃣ call requests dynamic",
            "3️⃣ call requests dynamic", "4️⃣ call requests implicit"),
        CodeCase(
            "a loop that honours the wait, and one that does not", "a.py",
            """
            import time
            import requests

            URL = "https://api.app.wdesk.com/platform/v1/operations/%s"

            def patient(ident):
                while True:
                    reply = requests.get(1️⃣URL % ident)
                    if reply.json()["status"] == "completed":
                        return reply
                    time.sleep(int(reply.headers.get("Retry-After", 1)))

            def hasty(ident):
                for _ in range(60):
                    reply = requests.get(2️⃣URL % ident)
                    if reply.json()["status"] == "completed":
                        return reply
                    time.sleep(0.2)

            def each(idents):
                return [requests.get(3️⃣URL % ident) for ident in idents]
            """, "1️⃣ call requests implicit honoured", "2️⃣ call requests implicit loop",
            "3️⃣ call requests implicit"),
        CodeCase(
            "a retry decorator and recursion repeat", "a.py",
            """
            import requests
            from tenacity import retry, wait_fixed

            URL = "https://api.app.wdesk.com/platform/v1/operations/"

            @retry(wait=wait_fixed(1))
            def decorated(ident):
                reply = requests.get(1️⃣URL + ident)
                assert reply.json()["status"] == "completed"

            def again(ident):
                reply = requests.get(2️⃣URL + ident).json()
                return reply if reply["status"] == "completed" else again(ident)
            """, "1️⃣ call requests implicit loop", "2️⃣ call requests implicit loop"),
        CodeCase(
            "other paths, methods, hosts and a server's own route", "a.py",
            """
            import requests
            from flask import Flask

            app = Flask(__name__)
            ROOT = "https://api.app.wdesk.com/platform/v1"

            def others(ident):
                requests.get(f"{ROOT}/operations")
                requests.get(f"{ROOT}/operations/{ident}/timeline")
                requests.delete(f"{ROOT}/operations/{ident}")
                requests.head(f"{ROOT}/operations/{ident}")
                requests.request("POST", f"{ROOT}/operations/{ident}")
                requests.get(f"https://api.app.wdesk.com/api/platform/v1/operations/{ident}")
                requests.get(f"https://api.app.wdesk.com.mirror.example/platform/v1/operations/{ident}")
                requests.get("https://tasks.example/platform/v1/operations/" + ident)
                requests.get(f"https://tasks.example/operations/{ident}", headers={"X-Version": "2026-01-01"})

            @app.route("/platform/v1/operations/<ident>")
            def mine(ident):
                return {}
            """),
        CodeCase(
            "migrated, and half migrated both ways", "a.py",
            """
            import requests

            NEW = "https://api.app.wdesk.com"

            def done(ident):
                return requests.get(NEW + 1️⃣"/operations/" + ident, headers={"X-Version": "2026-01-01"})

            def bare(ident):
                return requests.get(NEW + 2️⃣"/operations/" + ident)

            def pinned(ident):
                return requests.get(NEW + 3️⃣"/operations/" + ident, headers={"X-Version": "2022-01-01"})

            def old(ident):
                return requests.get(NEW + 4️⃣"/platform/v1/operations/" + ident, headers={"X-Version": "2026-01-01"})
            """, "1️⃣ call migrated requests 2026-01-01", "2️⃣ call migrated requests implicit half",
            "3️⃣ call migrated requests 2022-01-01 half", "4️⃣ call requests 2026-01-01 half"),
        CodeCase(
            "the link of a 202, through a function's result", "a.py",
            """
            import time
            import requests

            ROOT = "https://api.app.wdesk.com/platform/v1"

            def begin(doc):
                reply = requests.post(f"{ROOT}/documents/{doc}/export", json={"format": "pdf"})
                return reply.headers["Location"]

            def finish(doc):
                link = begin(doc)
                while True:
                    reply = 1️⃣requests.get(link, headers={"X-Version": "2022-01-01"})
                    if reply.json()["status"] == "completed":
                        return reply
                    time.sleep(2)
            """, "1️⃣ indirect requests 2022-01-01 loop"),
        CodeCase(
            "the link of another provider's 202 is no caller", "a.py",
            """
            import requests

            WORKIVA = "https://api.app.wdesk.com"

            def run():
                reply = requests.post("https://tasks.example/platform/v1/documents/1/export")
                return requests.get(reply.headers["Location"])
            """),
        CodeCase(
            "a library's method counts with its import only",
            [
                "a.py": """
                from workiva_sdk import ApiClient, OperationsApi

                def probe(ident):
                    return OperationsApi(ApiClient()).1️⃣get_operation_by_id(ident)
                """,
                "b.py": """
                from ledger import OperationsApi

                def probe(ident):
                    return OperationsApi().get_operation_by_id(ident)
                """,
            ], "1️⃣ sdk-call implicit"),
        CodeCase(
            "comments and messages are mentions", "a.py",
            """
            import logging

            # see https://api.app.wdesk.com/platform/v1/operations/{operationId} 1️⃣
            def probe():
                logging.info("asked 2️⃣https://api.app.wdesk.com/platform/v1/operations/12 again")
            """, "1️⃣ mention", "2️⃣ mention"),
    ]

    @Test("finds what it must and nothing else", arguments: cases)
    func finds(_ code: CodeCase) async throws { try await code.check() }
}
