#!/usr/bin/env python3
"""Rewrites code in ways that change nothing, and counts the callers that a scan then loses.

  mutate.py --lastcall .build/release/lastcall CORPUS

CORPUS is a folder of cases, each with `tree/` and optionally more beside it. Every mutation keeps the number of
lines of a file, so that a caller stays where it was: a caller is lost when the mutated tree has none at its place.

  quotes      'a' becomes "a" and the other way round, where the language does not mind
  rename      private names (`_name`, constants in capitals, local functions) get another name, in all files
  reformat    wider indentation, CRLF at the ends of lines, a comment behind lines that allow it
  move        the tree is put two folders deeper
  reorder     top-level definitions that stand apart change places (their callers' lines move with them)

The exit status is 1 where more than `--allowed` percent of all callers are lost.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CALLERS = {"call", "sdk-call", "indirect"}
SCRIPTS = {".py", ".js", ".mjs", ".ts", ".rb", ".php", ".lua", ".dart", ".groovy"}
COMMENTS = {".py": "#", ".rb": "#", ".js": "//", ".ts": "//", ".go": "//", ".java": "//", ".kt": "//",
            ".cs": "//", ".rs": "//", ".swift": "//", ".scala": "//", ".php": "//", ".dart": "//"}
BRACED = set(COMMENTS) - {".py", ".rb"}


def text_of(path):
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


def files(tree):
    for path in sorted(tree.rglob("*")):
        if path.is_file():
            text = text_of(path)
            if text is not None:
                yield path, text


def write(path, text):
    path.write_bytes(text.encode("utf-8"))


def quotes(tree):
    """Swaps quotes of one-line strings without quotes, escapes or code in them."""
    plain = re.compile(r"""(?<![\w"'`\\])(?:'([^'"\\\n{$#]*)'|"([^'"\\\n{$#]*)")(?![\w"'`])""")
    for path, text in files(tree):
        if path.suffix in {".py", ".js", ".mjs", ".ts", ".rb", ".php", ".lua", ".dart", ".groovy"}:
            def swap(match):
                inner, mark = (match[1], '"') if match[1] is not None else (match[2], "'")
                return mark + inner + mark
            lines = [line if "/" in line.split("'")[0].split('"')[0] and "//" in line else plain.sub(swap, line)
                     for line in text.split("\n")]
            write(path, "\n".join(lines))
    return None


def rename(tree):
    """Gives names that only the tree itself can know another spelling."""
    code = [(p, t) for p, t in files(tree) if p.suffix in COMMENTS]
    whole = "\n".join(t for _, t in code)
    names = set(re.findall(r"(?m)^\s*(?:const|let|var|val|final|static final|private static final)\s+(?:\w+\s+)?([A-Z][A-Z0-9_]{3,})\s*[:=]", whole))
    names |= set(re.findall(r"(?m)^([A-Z][A-Z0-9_]{3,})\s*=", whole))
    names |= set(re.findall(r"(?m)^(?:async )?def (_?[a-z]\w{5,})\(", whole))
    names |= set(re.findall(r"(?m)^(?:async )?function ([a-z]\w{5,})\(", whole))
    # A name that also stands in a text, a setting or a library stays.
    other = "\n".join(t for p, t in files(tree) if p.suffix not in COMMENTS)
    names = {n for n in names
             if not re.search(r"""['"][^'"\n]*\b%s\b""" % n, whole) and not re.search(r"\b%s\b" % n, other)
             and not re.search(r"environ|getenv|process\.env\.%s|\.%s\b" % (n, n), whole.replace("self.", ""))
             and not re.search(r"(?i)wdesk|workiva|location|operation", n)}
    for path, text in code:
        for name in names:
            fresh = "Q" + name if name.isupper() else name + "Zz"
            text = re.sub(r"(?<![\w$.@])%s(?!\w)" % name, fresh, text)
        write(path, text)
    return None


def reformat(tree):
    for path, text in files(tree):
        mark = COMMENTS.get(path.suffix)
        if not mark:
            continue
        lines = []
        inside = False
        for line in text.replace("\r\n", "\n").split("\n"):
            inside ^= line.count("`") % 2 == 1 or line.count('"""') % 2 == 1
            if not inside and path.suffix in BRACED:
                line = re.sub(r"^( +)", lambda m: m[1] * 2, line)
                if line.endswith((";", "{")):
                    line += f" {mark} kept"
            lines.append(line)
        write(path, "\r\n".join(lines))
    return None


def move(tree):
    inner = tree.with_name("inner")
    tree.rename(inner)
    (tree / "team").mkdir(parents=True)
    inner.rename(tree / "team" / "service")
    return lambda path, line: ("team/service/" + path, line)


def reorder(tree):
    """Reverses Python's top-level functions, which may stand in any order."""
    places = {}
    for path, text in files(tree):
        if path.suffix != ".py":
            continue
        lines = text.split("\n")
        starts = [i for i, l in enumerate(lines) if re.match(r"(async )?def ", l)
                  and (i == 0 or not lines[i - 1].startswith("@"))]
        blocks = []
        for start in starts:
            end = start + 1
            while end < len(lines) and (not lines[end] or lines[end][0] in " \t)"):
                end += 1
            while end > start + 1 and not lines[end - 1]:
                end -= 1
            blocks.append((start, end))
        if len(blocks) < 2:
            continue
        fresh, position = [], 0
        moved = {}
        for (start, end), (other, stop) in zip(blocks, reversed(blocks)):
            for i in range(position, start):
                moved[i] = len(fresh)
                fresh.append(lines[i])
            for i in range(other, stop):
                moved[i] = len(fresh)
                fresh.append(lines[i])
            position = end
        for i in range(position, len(lines)):
            moved[i] = len(fresh)
            fresh.append(lines[i])
        places[path.relative_to(tree).as_posix()] = moved
        write(path, "\n".join(fresh))
    return lambda path, line: (path, places.get(path, {}).get(line - 1, line - 1) + 1)


MUTATIONS = {"quotes": quotes, "rename": rename, "reformat": reformat, "move": move, "reorder": reorder}


def callers(binary, tree):
    with tempfile.TemporaryDirectory() as work:
        store, out = os.path.join(work, "a.sqlite"), os.path.join(work, "r.json")
        run = dict(capture_output=True, cwd=work, env=dict(os.environ, NO_COLOR="1"))
        subprocess.run([binary, "scan", "code", str(tree), "--db", store, "--no-progress"], **run)
        subprocess.run([binary, "report", "--db", store, "--format", "json", "-o", out], **run)
        with open(out) as file:
            sites = json.load(file)["callSites"]
    return {(s["path"], s["line"], s["usage"]) for s in sites
            if s["kind"] in CALLERS and s["confidence"] != "low"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--lastcall", required=True, type=os.path.abspath)
    parser.add_argument("--allowed", type=float, default=2.0, help="percent of callers that may be lost")
    parser.add_argument("--only", choices=sorted(MUTATIONS))
    options = parser.parse_args()
    total, lost, gained = {}, {}, {}
    for case in sorted(p for p in options.corpus.iterdir() if (p / "tree").is_dir()):
        before = callers(options.lastcall, case / "tree")
        if not before:
            continue
        for name, mutate in MUTATIONS.items():
            if options.only and name != options.only:
                continue
            with tempfile.TemporaryDirectory() as work:
                tree = pathlib.Path(work) / "tree"
                shutil.copytree(case / "tree", tree)
                place = mutate(tree) or (lambda path, line: (path, line))
                wanted = {(*place(path, line), usage) for path, line, usage in before}
                found = callers(options.lastcall, tree)
            total[name] = total.get(name, 0) + len(wanted)
            lost[name] = lost.get(name, 0) + len(wanted - found)
            gained[name] = gained.get(name, 0) + len(found - wanted)
            for path, line, usage in sorted(wanted - found):
                print(f"{name}: {case.name}: lost {usage} {path}:{line}")
    for name in total:
        print(f"{name}: {lost[name]} of {total[name]} callers lost, {gained[name]} others found")
    share = 100 * sum(lost.values()) / max(1, sum(total.values()))
    print(f"all: {share:.2f} % lost (allowed {options.allowed} %)")
    sys.exit(1 if share > options.allowed else 0)


if __name__ == "__main__":
    main()
