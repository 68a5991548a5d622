#!/usr/bin/env python3
"""Measures a lastcall binary against ripgrep, grep and zgrep on the same input.

Each comparison runs both programs in turn on a warm cache, several times, and compares the medians: ratios, since
seconds say more about the machine. The input is made below the work folder once and kept for the next time.
"""
import argparse
import dataclasses
import gzip
import json
import os
import pathlib
import platform
import random
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import sysconfig
import threading
import time

MEBIBYTE = 1 << 20
LARGEST_FILE = MEBIBYTE
PLANTED = 40

TARGET_RATIO = 1.5
TARGET_GZIP = 0.6
TARGET_INFLATER = 1.3
TARGET_ZSTD = 1.2
TARGET_TWO_LOGS = 1.3
TARGET_MEMORY = 100 * MEBIBYTE
TARGET_GOACCESS = 0.05
TARGET_DOCUMENT = 500
TARGET_START = 0.015
TARGET_AGAIN = 2
TARGET_LOG_MEMORY = 64 * MEBIBYTE


# Running


@dataclasses.dataclass
class Run:
    seconds: float
    memory: int
    status: int


@dataclasses.dataclass
class Series:
    """What the runs of one command came to."""

    runs: list

    @property
    def seconds(self):
        return statistics.median(run.seconds for run in self.runs)

    @property
    def memory(self):
        return max(run.memory for run in self.runs)


class RunFailed(Exception):
    """A program that did not end as it should."""


class Bench:
    def __init__(self, options):
        self.lastcall = str(pathlib.Path(options.lastcall).resolve())
        self.work = pathlib.Path(options.work).resolve()
        self.rounds = options.rounds
        self.limit = options.limit
        self.work.mkdir(parents=True, exist_ok=True)
        self.database = self.work / "bench.sqlite"
        # Not /dev/null: grep stops at the first hit where it sees that nobody reads on.
        self.output = self.work / "output"
        self.errors = self.work / "errors"
        self.environment = {**os.environ, "LC_ALL": "C", "NO_COLOR": "1"}
        for name in ("LASTCALL_DB", "RIPGREP_CONFIG_PATH", "GREP_OPTIONS"):
            self.environment.pop(name, None)
        # The system counts what this script had in memory when it started the program, too.
        self.floor = self.once(["true"]).memory

    def once(self, command, accepted=(0,), keep=False):
        """Runs a command; one that stores something begins with no database, unless that is to be kept."""
        if "--db" in command and not keep:
            self.forget()
        with open(self.output, "wb") as output, open(self.errors, "wb") as errors:
            began = time.perf_counter()
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, cwd=self.work, env=self.environment)
            watch = threading.Timer(self.limit, os.kill, (process.pid, signal.SIGKILL))
            watch.start()
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - began
            watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in accepted:
            said = self.errors.read_text(errors="replace").strip()[-2000:]
            if seconds >= self.limit:
                said = f"stopped after {self.limit} s"
            print(f"{' '.join(map(str, command))}\nended with {process.returncode}: {said}", file=sys.stderr)
            raise RunFailed
        # Linux counts in KiB, macOS in bytes.
        memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return Run(seconds, memory, process.returncode)

    def forget(self):
        for suffix in ("", "-wal", "-shm"):
            pathlib.Path(f"{self.database}{suffix}").unlink(missing_ok=True)

    def alternately(self, *commands):
        """A series for each command; one run of each goes before and does not count."""
        series = [Series([]) for _ in commands]
        for attempt in range(self.rounds + 1):
            for command, each in zip(commands, series):
                run = self.once(*command)
                if attempt > 0:
                    each.runs.append(run)
        return series

    def text(self, *command):
        self.once(command)
        return self.output.read_text()

    def query(self, statement):
        with sqlite3.connect(self.database) as database:
            return database.execute(statement).fetchall()


# The table


class Table:
    def __init__(self, memory_floor):
        self.memory_floor = memory_floor
        self.rows = []
        self.missed = 0

    def add(self, what, ours, theirs="", ratio="", memory="", target="", met=None):
        if met is False:
            self.missed += 1
        verdict = {True: "met", False: "MISSED", None: ""}[met]
        self.rows.append((what, ours, theirs, ratio, memory, target, verdict))

    def compare(self, what, ours, theirs, name, target=None, memory_target=None):
        ratio = ours.seconds / theirs.seconds
        met, targets = None, []
        if target is not None:
            targets.append(f"≤ {target} ×")
            met = ratio <= target
        if memory_target is not None:
            targets.append(f"≤ {memory_target // MEBIBYTE} MiB")
            met = met is not False and ours.memory <= memory_target
        self.add(what, seconds(ours.seconds), f"{name} {seconds(theirs.seconds)}", f"{ratio:.2f} ×",
                 f"{self.mebibytes(ours.memory)} : {self.mebibytes(theirs.memory)} MiB", ", ".join(targets), met)

    def fail(self, what):
        self.add(what, "failed", met=False)

    def mebibytes(self, value):
        text = f"{value / MEBIBYTE:.0f}"
        return f"<{text}" if value <= self.memory_floor + MEBIBYTE else text

    def __str__(self):
        head = ("what", "lastcall", "against", "ratio", "peak memory", "target", "")
        widths = [max(len(row[column]) for row in [head] + self.rows) for column in range(len(head))]
        lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
                 for row in [head] + self.rows]
        lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
        return "\n".join(lines)


def seconds(value):
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


# Code


def sources():
    """Folders of this machine with code in them, the most like people's own first."""
    checkout = pathlib.Path(__file__).resolve().parent.parent
    names = [checkout / ".build" / "checkouts", sysconfig.get_paths()["stdlib"], "/usr/include", "/usr/lib/python3",
             "/usr/local/include", "/usr/share"]
    return [pathlib.Path(name) for name in names if pathlib.Path(name).is_dir()]


def source_files(folders):
    for folder in folders:
        for base, inner, names in os.walk(folder):
            # What is not the same tomorrow is left out, and what says what git has to ignore outside its place.
            inner[:] = sorted(name for name in inner if name not in (".git", "__pycache__"))
            for name in sorted(names):
                path = pathlib.Path(base) / name
                if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST_FILE:
                    continue
                yield folder.name, path.relative_to(folder), path


def make_tree(bench, folders, count):
    """A tree of at least `count` files: what the folders have, again under another name where that is too little."""
    tree = bench.work / "tree"
    made = bench.work / "tree.json"
    wanted = {"folders": [str(folder) for folder in folders], "count": count}
    if made.exists() and json.loads(made.read_text()).get("wanted") == wanted:
        return tree, json.loads(made.read_text())
    print(f"Copying {count:,} files to {tree} …", file=sys.stderr)
    shutil.rmtree(tree, ignore_errors=True)
    # A repository's root, so that ignore rules from above do not hold in it.
    (tree / ".git").mkdir(parents=True)
    (tree / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    files = size = copy = 0
    while files < count:
        before = files
        for folder, inner, path in source_files(folders):
            place = tree / f"{folder}-{copy}" / inner
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)
            except (PermissionError, FileNotFoundError):
                continue
            files += 1
            size += place.stat().st_size
            if files == count:
                break
        if files == before:
            raise SystemExit("this machine has no files to copy; name folders with --source")
        copy += 1
    facts = {"wanted": wanted, "files": files, "bytes": size}
    made.write_text(json.dumps(facts))
    return tree, facts


CALLERS = {
    "poll.py": 'import requests\n\nBASE = "https://api.app.wdesk.com/platform/v1"\n\n\n'
               'def look(operation):\n    return requests.get(f"{BASE}/operations/{operation}").json()\n',
    "poll.js": "const base = 'https://api.app.wdesk.com/platform/v1';\n\n"
               "export const look = (id) => fetch(`${base}/operations/${id}`);\n",
    "poll.go": 'package poll\n\nimport "net/http"\n\nfunc Look(id string) (*http.Response, error) {\n'
               '\treturn http.Get("https://api.app.wdesk.com/platform/v1/operations/" + id)\n}\n',
    "poll.sh": '#!/bin/sh\ncurl "https://api.app.wdesk.com/platform/v1/operations/$1"\n',
}


def plant_callers(tree):
    random_source = random.Random(7)
    folders = sorted(folder for folder in tree.glob("*/*") if folder.is_dir())
    planted = []
    names = sorted(CALLERS)
    for number in range(PLANTED):
        folder = random_source.choice(folders) / f"lastcall-bench-{number}"
        folder.mkdir(exist_ok=True)
        name = names[number % len(names)]
        (folder / name).write_text(CALLERS[name])
        planted.append(folder)
    return planted


def measure_code(bench, table, folders, count):
    tree, facts = make_tree(bench, folders, count)
    for left in tree.rglob("lastcall-bench-*"):
        shutil.rmtree(left)
    literals = bench.work / "literals"
    literals.write_text(bench.text(bench.lastcall, "rules", "gate"))
    search = ["rg", "--files-with-matches", "--hidden", "--no-require-git", "--no-ignore-dot", "--glob", "!.git",
              "--no-messages", "--ignore-case", "--fixed-strings", "--file", str(literals), str(tree)]
    scan = [bench.lastcall, "scan", "code", str(tree), "--db", str(bench.database), "--no-progress", "--quiet"]
    walked = len(bench.text("rg", "--files", "--hidden", "--no-require-git", "--no-ignore-dot", "--glob", "!.git",
                            "--no-messages", str(tree)).splitlines())
    size = f"{facts['files']:,} files, {facts['bytes'] / 1e6:,.0f} MB"

    ours, theirs = bench.alternately((scan, (0, 3)), (search, (0, 1)))
    table.compare(f"walk, gate and store; {size}", ours, theirs, "rg -l", TARGET_RATIO, TARGET_MEMORY)
    read = bench.query("SELECT sum(files) FROM coverage_summary WHERE outcome IN ('searched', 'analysed', 'binary')")
    table.add("files that were not ignored", f"{read[0][0]:,}", f"rg {walked:,}")

    planted = plant_callers(tree)
    try:
        ours, theirs = bench.alternately((scan, (0, 3)), (search, (0, 1)))
        table.compare(f"the same with {PLANTED} callers in it", ours, theirs, "rg -l")
        found = bench.query("SELECT count(*) FROM open_call_sites WHERE path LIKE '%lastcall-bench-%' AND kind = 'call'")
        table.add("callers found", f"{found[0][0]}", f"planted {PLANTED}", met=found[0][0] == PLANTED)
    except RunFailed:
        table.fail(f"the same with {PLANTED} callers in it")
    finally:
        for folder in planted:
            shutil.rmtree(folder, ignore_errors=True)


# Start


def measure_start(bench, table):
    runs = Series([bench.once([bench.lastcall, "--version"]) for _ in range(21)][1:])
    table.add("lastcall --version", seconds(runs.seconds), memory=f"{table.mebibytes(runs.memory)} MiB",
              target=f"≤ {TARGET_START * 1000:.0f} ms", met=runs.seconds <= TARGET_START)


# Logs


def make_logs(bench, lines):
    """A combined log of `lines` lines, one in a hundred of which is a request for an operation, and it packed."""
    plain = bench.work / f"access-{lines}.log"
    packed = bench.work / f"access-{lines}.log.gz"
    if plain.exists() and packed.exists():
        return plain, packed
    print(f"Writing {lines:,} lines to {plain} …", file=sys.stderr)
    random_source = random.Random(11)
    agents = ["python-requests/2.31.0", "axios/1.7.2", "Go-http-client/1.1", "okhttp/4.12.0",
              "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"]
    paths = ["/", "/assets/app.js", "/api/bookings", "/api/bookings/{}", "/platform/v1/documents/{}", "/health"]
    began = 1_793_000_000
    with open(plain, "w", encoding="ascii") as file:
        for number in range(lines):
            stamp = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(began + number // 20))
            word = "%032x" % random_source.getrandbits(128)
            path = "/platform/v1/operations/" + word if number % 100 == 0 else random_source.choice(paths).format(word)
            file.write(f'10.0.{random_source.randrange(4)}.{random_source.randrange(200)} - - [{stamp}] "GET {path} HTTP/1.1" '
                       f'200 {random_source.randrange(200, 9000)} "-" "{random_source.choice(agents)}"\n')
    with open(plain, "rb") as source, gzip.GzipFile(packed, "wb", compresslevel=6, mtime=0) as target:
        shutil.copyfileobj(source, target, MEBIBYTE)
    return plain, packed


def packed_logs(bench, plain, packed):
    """The log as zstd, where that is installed, and another log as gzip: the same behind one line of its own."""
    other = packed.with_name(f"other-{packed.name}")
    if not other.exists():
        first = b'10.1.0.1 - - [01/Oct/2026:00:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "curl/8.4.0"\n'
        other.write_bytes(gzip.compress(first) + packed.read_bytes())
    zstandard = plain.with_suffix(".log.zst")
    if shutil.which("zstd") and not zstandard.exists():
        bench.once(["zstd", "--quiet", str(plain), "-o", str(zstandard)])
    return other, zstandard


def measure_packed_logs(bench, table, lines):
    """How much of the time is the decompressor's, and whether two logs take two cores."""
    plain, packed = make_logs(bench, lines)
    other, zstandard = packed_logs(bench, plain, packed)
    reading = [bench.lastcall, "scan", "logs", "--db", str(bench.database), "--no-progress", "--quiet"]
    comparisons = [("gzip -dc | grep -c", "gzip", packed, "gzip -dc '{}' | grep --fixed-strings --count /operations/", TARGET_GZIP),
                   ("igzip -dc", "igzip", packed, "igzip -dc '{}' > /dev/null", TARGET_INFLATER),
                   ("zstd -dc", "zstd", zstandard, "zstd -dcq '{}' > /dev/null", TARGET_ZSTD)]
    for name, tool, log, command, target in comparisons:
        if shutil.which(tool) is None:
            continue
        size = f"{log.stat().st_size / 1e6:,.0f} MB of {plain.stat().st_size / 1e6:,.0f} MB"
        ours, theirs = bench.alternately((reading + [str(log)],), (["sh", "-c", command.format(log)],))
        table.compare(f"packed log, {size}", ours, theirs, name, target)
    two, one = bench.alternately((reading + [str(packed), str(other)],), (reading + [str(packed)],))
    table.compare("two packed logs", two, one, "one of them", TARGET_TWO_LOGS)


def measure_logs(bench, table, lines):
    plain, packed = make_logs(bench, lines)
    count = ["--fixed-strings", "--count", "/operations/"]
    reading = [bench.lastcall, "scan", "logs", "--db", str(bench.database), "--no-progress", "--quiet"]
    size = f"{lines:,} lines, {plain.stat().st_size / 1e6:,.0f} MB"
    for name, log, tools in (
        (f"plain log; {size}", plain, (("grep -c", ["grep"]), ("rg -c", ["rg"]))),
        (f"the same as gzip, {packed.stat().st_size / 1e6:,.0f} MB", packed,
         (("zgrep -c", ["zgrep"]), ("rg -zc", ["rg", "--search-zip"]))),
    ):
        for tool, command in tools:
            if shutil.which(command[0]) is None:
                continue
            ours, theirs = bench.alternately((reading + [str(log)],), (command + count + [str(log)],))
            table.compare(name, ours, theirs, tool)
        bench.once(reading + [str(log)])
        matched = bench.query("SELECT sum(requests) FROM traffic_by_caller")[0][0] or 0
        table.add("requests found in it", f"{matched:,}", f"written {-(-lines // 100):,}", met=matched == -(-lines // 100))


# The life of logs


def make_archives(bench, count):
    """A folder of `count` small packed logs, each of a host and a day of its own."""
    folder = bench.work / f"archives-{count}"
    if folder.exists() and sum(1 for _ in folder.iterdir()) == count:
        return folder
    print(f"Writing {count:,} archives to {folder} …", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in range(count):
        stamp = time.strftime("%d/%b/%Y", time.gmtime(1_793_000_000 + number // 20 * 86_400))
        lines = "".join(
            f'10.{number % 20}.0.{line % 9} - - [{stamp}:{line // 60 % 24:02}:{line % 60:02}:00 +0000] '
            f'"GET {"/platform/v1/operations/" + str(line) if line % 100 == 0 else "/health"} HTTP/1.1" 200 {number} "-" "curl/8"\n'
            for line in range(400))
        (folder / f"access-{number}.log.gz").write_bytes(gzip.compress(lines.encode(), 6, mtime=0))
    return folder


def make_crowd(bench, callers):
    """A log of as many requests as callers: each caller and each operation is another one."""
    log = bench.work / f"crowd-{callers}.log"
    if not log.exists():
        print(f"Writing {callers:,} callers to {log} …", file=sys.stderr)
        with open(log, "w", encoding="ascii") as file:
            for number in range(callers):
                stamp = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(1_793_000_000 + number // 20))
                file.write(f'10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255} - - [{stamp}] "GET /platform/v1/operations/'
                           f'op-{number * 2654435761 % 2**32:08x} HTTP/1.1" 200 1 "-" "agent-{number}/1.0"\n')
    return log


def measure_life(bench, table, archives, callers):
    """A run that finds nothing new, and logs in which everybody is somebody else."""
    folder = make_archives(bench, archives)
    reading = [bench.lastcall, "scan", "logs", "--no-progress", "--output", os.devnull]
    kept = ["--db", str(bench.database)]
    first = bench.once(reading + [str(folder)] + kept)
    table.add(f"{archives:,} archives, read for the first time", seconds(first.seconds), memory=f"{table.mebibytes(first.memory)} MiB")
    again = []
    for _ in range(bench.rounds):
        again.append(bench.once(reading + [str(folder)] + kept, keep=True))
    runs = Series(again)
    table.add("the same, read again", seconds(runs.seconds), memory=f"{table.mebibytes(runs.memory)} MiB",
              target=f"≤ {TARGET_AGAIN:.0f} s", met=runs.seconds <= TARGET_AGAIN)
    requests = bench.query("SELECT sum(requests) FROM traffic_by_caller")[0][0]
    table.add("requests in them, after all runs", f"{requests:,}", f"written {archives * 4:,}", met=requests == archives * 4)
    log = make_crowd(bench, callers)
    run = bench.once(reading + [str(log)] + kept)
    size = bench.database.stat().st_size
    requests = bench.query("SELECT sum(requests) FROM traffic_by_caller")[0][0]
    table.add(f"{callers:,} callers and operations, database {size / 1e6:.0f} MB", seconds(run.seconds),
              memory=f"{table.mebibytes(run.memory)} MiB", target=f"≤ {TARGET_LOG_MEMORY // MEBIBYTE} MiB",
              met=run.memory <= TARGET_LOG_MEMORY and requests == callers)
def make_request_logs(bench, lines):
    """A log with one request in 200 lines, one with a request on each line (each operation polled), and that as JSON."""
    sparse, dense = bench.work / f"sparse-{lines}.log", bench.work / f"dense-{lines}.log"
    document = bench.work / f"dense-{lines}.json"
    if all(log.exists() for log in (sparse, dense, document)):
        return sparse, dense, document
    print(f"Writing {lines:,} lines to {sparse}, {dense} and {document} …", file=sys.stderr)
    random_source = random.Random(13)
    agents = ["python-requests/2.31.0", "axios/1.7.2", "Go-http-client/1.1", "okhttp/4.12.0"]
    operations = ["%032x" % random_source.getrandbits(128) for _ in range(20_000)]
    line = '10.0.0.{} - - [{}] "GET {} HTTP/1.1" 200 {} "-" "{}"\n'
    with open(sparse, "w", encoding="ascii") as rare, open(dense, "w", encoding="ascii") as all_of_them, \
            open(document, "w", encoding="ascii") as objects:
        for number in range(lines):
            moment = time.gmtime(1_793_000_000 + number // 20)
            stamp = time.strftime("%d/%b/%Y:%H:%M:%S +0000", moment)
            # Ten operations at a time are asked for 25 times each.
            operation = (number // 250 * 10 + number % 10) % len(operations)
            caller, size = operation % 40, random_source.randrange(200, 9000)
            path = f"/platform/v1/operations/{operations[operation]}"
            other = f"/platform/v1/documents/{random_source.getrandbits(128):032x}"
            rare.write(line.format(caller, stamp, path if number % 200 == 0 else other, size, agents[caller % 4]))
            all_of_them.write(line.format(caller, stamp, path, size, agents[caller % 4]))
            objects.write(("[" if number == 0 else ",") + json.dumps(
                {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", moment), "httpRequest": {
                    "requestMethod": "GET", "requestUrl": f"https://api.app.wdesk.com{other}", "status": 200,
                    "remoteIp": f"10.0.0.{caller}", "userAgent": agents[caller % 4], "responseSize": str(size)},
                 "resource": {"type": "http_load_balancer", "labels": {"url_map_name": "egress"}}, "severity": "INFO"}))
        objects.write("]\n")
    return sparse, dense, document


def measure_lines(bench, table, lines):
    """What a line costs: one that is passed over, one that is a request, a record of a document."""
    sparse, dense, document = make_request_logs(bench, lines)
    reading = [bench.lastcall, "scan", "logs", "--db", str(bench.database), "--no-progress", "--quiet"]
    search = ["rg", "--count", "--fixed-strings", "/platform/v1/operations/", str(sparse)]
    ours, theirs = bench.alternately((reading + [str(sparse)],), (search,))
    table.compare(f"one request in 200 lines; {sparse.stat().st_size / 1e6:,.0f} MB", ours, theirs, "rg -c", TARGET_RATIO,
                  TARGET_LOG_MEMORY)
    if shutil.which("goaccess"):
        command = ["goaccess", str(dense), "--log-format=COMBINED", "--no-global-config", "--no-progress", "-o",
                   str(bench.work / "goaccess.json")]
        ours, theirs = bench.alternately((reading + [str(dense)],), (command,))
        table.compare(f"a request on each of {lines:,} lines", ours, theirs, "goaccess", TARGET_GOACCESS, TARGET_LOG_MEMORY)
    runs = Series([bench.once(reading + [str(document)]) for _ in range(bench.rounds + 1)][1:])
    speed = document.stat().st_size / runs.seconds / 1e6
    table.add(f"a JSON array; {document.stat().st_size / 1e6:,.0f} MB", seconds(runs.seconds), f"{speed:,.0f} MB/s",
              memory=f"{table.mebibytes(runs.memory)} MiB", target=f"≥ {TARGET_DOCUMENT} MB/s", met=speed >= TARGET_DOCUMENT)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lastcall", required=True, help="the binary; a release build, for figures that mean something")
    parser.add_argument("--work", default=".build/bench", help="where the input is made and kept (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each command that count (%(default)s)")
    parser.add_argument("--limit", type=float, default=300, help="seconds after which a run is given up (%(default)s)")
    parser.add_argument("--files", type=int, default=50_000, help="files of the tree (%(default)s)")
    parser.add_argument("--lines", type=int, default=1_000_000, help="lines of the log (%(default)s)")
    parser.add_argument("--archives", type=int, default=10_000, help="packed logs that are read again (%(default)s)")
    parser.add_argument("--callers", type=int, default=1_000_000, help="callers that are all different (%(default)s)")
    parser.add_argument("--source", action="append", type=pathlib.Path, help="a folder to copy files from, instead of the machine's")
    parser.add_argument("--only", choices=["code", "start", "logs", "lines", "packed", "life"], action="append", help="one part")
    parser.add_argument("--check", action="store_true", help="exit status 1 where a target is missed")
    options = parser.parse_args()
    for tool in ("rg", "grep"):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is needed to measure against; install it first")

    bench = Bench(options)
    table = Table(bench.floor)
    parts = options.only or ["start", "code", "logs", "lines", "packed", "life"]
    folders = [folder.resolve() for folder in options.source or sources()]
    measures = {
        "start": lambda: measure_start(bench, table),
        "code": lambda: measure_code(bench, table, folders, options.files),
        "logs": lambda: measure_logs(bench, table, options.lines),
        "lines": lambda: measure_lines(bench, table, options.lines),
        "packed": lambda: measure_packed_logs(bench, table, options.lines),
        "life": lambda: measure_life(bench, table, options.archives, options.callers),
    }
    for part in parts:
        try:
            measures[part]()
        except RunFailed:
            table.fail(part)
    bench.forget()
    version = subprocess.run(["rg", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {version}; medians of {options.rounds}, warm\n")
    print(table)
    return 1 if options.check and table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
