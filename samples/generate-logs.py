#!/usr/bin/env python3
"""Writes the sample company's access logs, the same content each time.

    generate-logs.py            writes logs/ beside this script
    generate-logs.py --check    says whether logs/ is what this script writes, and README.md what it counts
    generate-logs.py --truth    prints what is to be counted in it, as Markdown
"""
import argparse
import collections
import dataclasses
import datetime
import gzip
import io
import json
import pathlib
import random
import statistics
import sys

UTC = datetime.timezone.utc
DEPRECATED = datetime.date(2026, 2, 12)
FOLDER = pathlib.Path(__file__).resolve().parent / "logs"

OLD = "/platform/v1"
NEW = ""


@dataclasses.dataclass(frozen=True)
class Caller:
    """Who asks for operations, and how."""

    name: str
    addresses: tuple
    agent: str
    base: str = OLD
    pause: float = 1.0  # seconds between two requests for one operation
    polls: tuple = (1, 1)  # requests for one operation, from and to
    daily: int = 1  # operations on a working day
    hours: tuple = (8, 18)
    refused: float = 0.0  # share of 429 among the answers
    version: str = ""  # the X-Version header, where the log has it


@dataclasses.dataclass
class Request:
    """One line of a log."""

    at: datetime.datetime
    address: str
    agent: str
    method: str
    path: str
    status: int
    size: int
    host: str = "api.app.wdesk.com"
    user: str = "-"
    version: str = ""
    name: str = ""  # who it is, for the truth
    usage: str = ""  # empty: no request that counts
    operation: str = ""


class Day:
    """Makes the requests of one day."""

    def __init__(self, random_source, date, prefix="", host="api.app.wdesk.com"):
        self.random = random_source
        self.date = date
        self.prefix = prefix
        self.host = host
        self.requests = []

    def instant(self, hours):
        second = self.random.uniform(hours[0] * 3600, hours[1] * 3600)
        return datetime.datetime.combine(self.date, datetime.time(), UTC) + datetime.timedelta(seconds=second)

    def identifier(self):
        digits = "%032x" % self.random.getrandbits(128)
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def add(self, at, caller, address, method, path, status, **more):
        self.requests.append(
            Request(at, address, caller.agent, method, self.prefix + path, status,
                    self.random.randint(180, 900), host=self.host, version=caller.version, **more))

    def operations(self, caller, count=None):
        """Starts operations, and asks for each until it has ended."""
        for _ in range(caller.daily if count is None else count):
            at = self.instant(caller.hours)
            address = self.random.choice(caller.addresses)
            operation = self.identifier()
            if caller.polls[1] > 1:
                document = "%032x" % self.random.getrandbits(128)
                self.add(at, caller, address, "POST", f"{caller.base}/documents/{document}/export", 202)
            for _ in range(self.random.randint(*caller.polls)):
                at += datetime.timedelta(seconds=caller.pause * self.random.uniform(1.0, 1.2))
                status = 429 if self.random.random() < caller.refused else 200
                self.add(at, caller, address, "GET", f"{caller.base}/operations/{operation}", status,
                         name=caller.name, usage="migrated" if caller.base == NEW else "deprecated",
                         operation=operation)

    def neighbours(self, callers, count):
        """Requests that lie close by and do not count."""
        for _ in range(count):
            caller = self.random.choice(callers)
            base = caller.base
            method, path, status = self.random.choice([
                ("GET", f"{base}/operations", 200),
                ("GET", f"{base}/operations/{self.identifier()}/copyFileResults", 200),
                ("HEAD", f"{base}/operations/{self.identifier()}", 404),
                ("GET", f"{base}/documents/{self.identifier()}", 200),
                ("GET", f"{base}/spreadsheets/{self.identifier()}", 200),
                ("POST", f"{base}/files/import", 202),
                ("POST", "/iam/v1/oauth2/token", 200),
            ])
            self.add(self.instant(caller.hours), caller, self.random.choice(caller.addresses), method, path, status)


# What passes the proxy in front of Workiva. Its log has no host and no version header.

PROXY = [
    Caller("close-export", ("10.20.1.11", "10.20.1.12"), "python-requests/2.31.0",
           pause=0.4, polls=(8, 16), daily=3, hours=(17, 23), refused=0.2),
    Caller("filing-portal", ("10.20.2.21",), "axios/1.7.2", pause=2, polls=(2, 6), daily=6),
    Caller("doc-mirror", ("10.20.3.31",), "Go-http-client/1.1", pause=5, polls=(2, 4), daily=3, hours=(0, 24)),
    Caller("nightly-import", ("10.20.4.41",), "OpenAPI-Generator/1.0.0/python",
           pause=1.05, polls=(4, 10), daily=4, hours=(1, 4)),
    Caller("hash-audit", ("10.20.5.51",), "-", daily=2, hours=(5, 6)),
    Caller("stocktake", ("10.30.0.17", "10.30.2.9", "10.30.5.140"), "Stocktake/42 CFNetwork/1498.700.2 Darwin/23.6.0",
           daily=5, hours=(6, 20)),
    Caller("board-pack", ("10.20.8.81",), "-", base=NEW, pause=3, polls=(2, 4), daily=2),
    Caller("reconcile", ("10.20.8.82",), "Ruby", base=NEW, daily=2, hours=(4, 5)),
]
ANALYST = Caller("(no name)", ("10.50.4.18",),
                 "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)", hours=(9, 11))

# What passes the egress gateway. Its log has host and version header.

GATEWAY = "egress.larkfield.example"
INTRANET = Caller("intranet", ("10.20.6.61",), "GuzzleHttp/7", pause=60, polls=(3, 6), daily=2)
LEDGER = Caller("ledger-sync", ("10.20.1.40",), "Java/21.0.4", daily=5, version="2026-01-01")
ON_CALL = Caller("people on call", ("10.40.3.12",),
                 "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-GB) WindowsPowerShell/5.1.22621.4391",
                 pause=0.5, polls=(40, 60))
PIPELINE = Caller("quarter-end", ("10.60.0.5",), "curl/8.5.0", version="2022-01-01")
POSTMAN = Caller("people on call", ("10.40.3.12",), "PostmanRuntime/7.42.0", version="2022-01-01")

# What passed the proxy that was retired in March. Its log knows users, but no user agents, and local time.

RETIRED = Caller("etl-close", ("10.20.9.90",), "", pause=10, polls=(2, 5), daily=3, hours=(18, 22))


def working_days(first, last):
    date = first
    while date <= last:
        if date.weekday() < 5:
            yield date
        date += datetime.timedelta(days=1)


def proxy_week(random_source, monday):
    requests = []
    for date in working_days(monday, monday + datetime.timedelta(days=4)):
        day = Day(random_source, date)
        for caller in PROXY:
            day.operations(caller)
        if date.weekday() == 1:
            day.operations(ANALYST, 2)
        day.neighbours(PROXY, 40)
        requests += day.requests
    return requests


def gateway_week(random_source, monday):
    requests = []
    for date in working_days(monday, monday + datetime.timedelta(days=4)):
        day = Day(random_source, date, prefix="/wdesk", host=GATEWAY)
        day.operations(INTRANET)
        day.operations(LEDGER)
        day.neighbours([INTRANET, LEDGER], 8)
        if date == datetime.date(2026, 11, 12):
            day.operations(ON_CALL)
            day.operations(POSTMAN, 3)
        if date == datetime.date(2026, 11, 2):
            day.operations(PIPELINE)
        requests += day.requests
        # The same path behind another prefix, and on a host of our own.
        for prefix, host in (("/carrier", GATEWAY), ("", "warehouse.larkfield.example")):
            other = Day(random_source, date, prefix=prefix, host=host)
            forklift = Caller("", ("10.20.7.70",), "node")
            for _ in range(6):
                base = random_source.choice((OLD, NEW))
                other.add(other.instant((6, 20)), forklift, "10.20.7.70", "GET",
                          f"{base}/operations/{other.identifier()}", 200)
            requests += other.requests
    return requests


def retired_month(random_source, first, last):
    requests = []
    for date in working_days(first, last):
        day = Day(random_source, date)
        day.operations(RETIRED)
        day.neighbours([RETIRED], 6)
        if date == datetime.date(2026, 2, 11):
            # 12 February by the clock of the server, 11 February in UTC: not deprecated yet.
            operation = day.identifier()
            at = datetime.datetime(2026, 2, 11, 23, 30, tzinfo=UTC)
            day.add(at, RETIRED, "10.20.9.90", "GET", f"{OLD}/operations/{operation}", 200,
                    name=RETIRED.name, usage="deprecated", operation=operation)
        requests += day.requests
    for request in requests:
        request.user = "etl-close"
    return requests


def combined(request):
    stamp = request.at.strftime("%d/%b/%Y:%H:%M:%S +0000")
    return (f'{request.address} - {request.user} [{stamp}] "{request.method} {request.path} HTTP/1.1" '
            f'{request.status} {request.size} "-" "{request.agent}"')


def common(request):
    local = request.at.astimezone(datetime.timezone(datetime.timedelta(hours=1)))
    stamp = local.strftime("%d/%b/%Y:%H:%M:%S +0100")
    return (f'{request.address} - {request.user} [{stamp}] "{request.method} {request.path} HTTP/1.1" '
            f"{request.status} {request.size}")


def json_line(request):
    return json.dumps({
        "msec": "%.3f" % request.at.timestamp(), "remote_addr": request.address, "host": request.host,
        "request_method": request.method, "request_uri": request.path, "status": request.status,
        "body_bytes_sent": request.size, "http_user_agent": request.agent, "http_x_version": request.version,
    }, separators=(",", ":"))


class Log:
    """A log's lines, and what is to be counted in them."""

    def __init__(self, path, form, requests, resolution):
        self.path = path
        self.form = form
        self.requests = sorted(requests, key=lambda request: request.at)
        self.resolution = resolution
        self.lines = [self.line(request) for request in self.requests]
        self.blank = 0
        self.malformed = 0

    def line(self, request):
        return {"combined": combined, "common": common, "json": json_line}[self.form](request)

    def cut_off(self, after):
        """A line that a full disk cut off in the middle, and a blank one behind it."""
        line = next(self.line(request) for request in self.requests[after:] if request.usage == "deprecated")
        # Behind the first half of the operation's id.
        cut = line.index("/operations/") + 24
        self.lines[after:after] = [line[:cut], ""]
        self.blank += 1
        self.malformed += 1

    @property
    def matched(self):
        return sum(1 for request in self.requests if request.usage)

    def content(self):
        data = ("\n".join(self.lines) + "\n").encode()
        if not self.path.endswith(".gz"):
            return data
        # As `gzip -n`: no name, no time.
        packed = io.BytesIO()
        with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
            file.write(data)
        return packed.getvalue()


def all_logs():
    source = random.Random(20260212)
    weeks = [datetime.date(2026, 10, 26) + datetime.timedelta(days=7 * week) for week in range(4)]
    proxy = [proxy_week(source, monday) for monday in weeks]
    gateway = [gateway_week(source, monday) for monday in weeks[1:]]
    logs = [
        Log("proxy/access.log.3.gz", "combined", proxy[0], 1),
        Log("proxy/access.log.2.gz", "combined", proxy[1], 1),
        Log("proxy/access.log.1", "combined", proxy[2], 1),
        Log("proxy/access.log", "combined", proxy[3], 1),
        Log("gateway/egress.jsonl.1.gz", "json", gateway[0] + gateway[1], 0.001),
        Log("gateway/egress.jsonl", "json", gateway[2], 0.001),
        Log("retired/access_log-20260201.gz", "common",
            retired_month(source, datetime.date(2026, 1, 19), datetime.date(2026, 1, 30)), 1),
        Log("retired/access_log", "common",
            retired_month(source, datetime.date(2026, 2, 2), datetime.date(2026, 2, 20)), 1),
    ]
    logs[2].cut_off(400)
    return logs


# Somebody kept a copy of last week before the rotation packed it. Nothing in it is new.
COPY = ("backup/access.log.1.gz", "proxy/access.log.1")


def files():
    logs = all_logs()
    contents = {log.path: log.content() for log in logs}
    copy = next(log for log in logs if log.path == COPY[1])
    copy.path = COPY[0]
    contents[COPY[0]] = copy.content()
    return contents


def unpacked(name, data):
    return gzip.decompress(data) if name.endswith(".gz") else data


def write():
    for name, data in files().items():
        path = FOLDER / name
        # Another zlib packs the same content differently; what is there and says the same stays.
        if path.exists() and unpacked(name, path.read_bytes()) == unpacked(name, data):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(path)


def check():
    wanted = files()
    found = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()}
    wrong = sorted(found.symmetric_difference(wanted))
    for name in sorted(found.intersection(wanted)):
        if unpacked(name, (FOLDER / name).read_bytes()) != unpacked(name, wanted[name]):
            wrong.append(name)
    page = (FOLDER.parent / "README.md").read_text()
    if not all(part in page for part in truth().split("\n\n")):
        wrong.append("README.md")
    for name in wrong:
        print(f"{name} is not what this script says", file=sys.stderr)
    return 1 if wrong else 0


def verdict(requests, resolution):
    """The operations asked for at least twice, the median gap in seconds, and the pace."""
    instants = collections.defaultdict(list)
    for request in requests:
        second = request.at.timestamp()
        instants[request.operation].append(second // 1 if resolution == 1 else round(second, 3))
    polled = [sorted(times) for times in instants.values() if len(times) > 1]
    gaps = [later - earlier for times in polled for earlier, later in zip(times, times[1:])]
    if not gaps:
        return len(polled), None, "unknown"
    median = statistics.median(gaps)
    refused = sum(1 for request in requests if request.status == 429)
    aggressive = median < 1 or refused > len(requests) / 10
    return len(polled), median, "aggressive" if aggressive else "respectful"


def version_class(log, request):
    if log.form != "json":
        return "unlogged"
    return {"": "implicit", "2022-01-01": "pinned-deprecated", "2026-01-01": "pinned-current"}[request.version]


def truth():
    """What is to be counted: a table of the logs, one of the callers, and the sums."""
    logs = all_logs()
    lines = []
    lines.append("| log | format | lines | matched | other | blank | malformed |")
    lines.append("| --- | --- | --: | --: | --: | --: | --: |")
    for log in logs:
        total, matched = len(log.lines), log.matched
        other = total - matched - log.blank - log.malformed
        lines.append(f"| `{log.path}` | {log.form} | {total:,} | {matched:,} | {other:,} | {log.blank} | {log.malformed} |")
    lines.append("")
    groups = collections.defaultdict(list)
    for log in logs:
        for request in log.requests:
            if request.usage:
                agent = request.agent if request.agent not in ("", "-") else "–"
                key = (request.usage, request.name, request.address, agent, version_class(log, request), log.resolution)
                groups[key].append(request)
    lines.append("| usage | who | address | user agent | version | requests | of these 429 | operations | polled | median gap | pace |")
    lines.append("| --- | --- | --- | --- | --- | --: | --: | --: | --: | --: | --- |")
    for key in sorted(groups):
        usage, name, address, agent, version, resolution = key
        requests = groups[key]
        polled, median, pace = verdict(requests, resolution)
        refused = sum(1 for request in requests if request.status == 429)
        operations = len({request.operation for request in requests})
        gap = "–" if median is None else f"{median:.3f}".rstrip("0").rstrip(".") + " s"
        lines.append(f"| {usage} | {name} | {address} | {agent} | {version} | {len(requests):,} | {refused} "
              f"| {operations} | {polled} | {gap} | {pace} |")
    lines.append("")
    deprecated = [request for log in logs for request in log.requests if request.usage == "deprecated"]
    migrated = [request for log in logs for request in log.requests if request.usage == "migrated"]
    active = sum(1 for request in deprecated if request.at.date() < DEPRECATED)
    lines.append(f"{len(deprecated):,} requests to the deprecated endpoint, {active:,} of them before its deprecation; "
          f"{len(migrated):,} to the replacement.")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="say whether logs/ and README.md are up to date")
    choice.add_argument("--truth", action="store_true", help="print what is to be counted in logs/")
    options = parser.parse_args()
    if options.check:
        return check()
    if options.truth:
        print(truth())
    else:
        write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
