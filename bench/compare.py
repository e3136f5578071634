#!/usr/bin/env python3
"""Time Bastide, the floor and Checkov on the same trees, in one run.

Needs hyperfine on the PATH and a release build of the workspace. Uses the standard library alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
PAGE = ROOT / "docs/benchmarks.md"
BEGIN, END = "<!-- begin: bench/compare.py -->", "<!-- end -->"
CHECKOV_OPTIONS = ["--quiet", "--compact", "--skip-download", "--download-external-modules", "false"]


def seconds(command: list[str], runs: int, warmup: int) -> float:
    """The median wall time of a command."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run(
            ["hyperfine", "--shell=none", "--ignore-failure", "--warmup", str(warmup), "--runs", str(runs),
             "--export-json", out.name, shlex.join(command)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        return json.load(out)["results"][0]["median"]


def peak_megabytes(command: list[str]) -> float:
    """The most memory that a command held at once."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    return usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def row(tree: Path, options: argparse.Namespace) -> list[str]:
    frameworks = ["--framework", options.framework]
    bastide = [str(RELEASE / "bastide"), "scan", "--quiet", "--compact", "--soft-fail", *frameworks, str(tree)]
    floor = [str(RELEASE / "floor"), str(tree)]
    ours, lowest = seconds(bastide, options.runs, 3), seconds(floor, options.runs, 3)
    memory = peak_megabytes(bastide)
    cells = [options.name or tree.name, f"{ours * 1000:.1f} ms", f"{memory:.0f} MB", f"{ours / lowest:.1f}"]
    if options.checkov:
        checkov = [options.checkov, "-d", str(tree), *CHECKOV_OPTIONS, "--framework", *options.framework.split(",")]
        theirs, their_memory = seconds(checkov, options.checkov_runs, 0), peak_megabytes(checkov)
        cells += [f"{theirs:.1f} s", f"{their_memory:.0f} MB", f"{theirs / ours:,.0f}", f"{their_memory / memory:.0f}"]
    return cells


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", nargs="+", type=Path, metavar="TREE")
    parser.add_argument("--checkov", metavar="COMMAND", help="where Checkov 3.3.30 is")
    parser.add_argument("--framework", default="terraform,kubernetes,dockerfile,secrets")
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--checkov-runs", type=int, default=3)
    parser.add_argument("--name", help="what to call the tree in the table")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()

    head = ["tree", "Bastide", "memory", "× floor"]
    if options.checkov:
        head += ["Checkov", "its memory", "× faster", "× less memory"]
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join([" --- "] + [" ---: "] * (len(head) - 1)) + "|"]
    for tree in options.trees:
        lines.append("| " + " | ".join(row(tree, options)) + " |")
        print(lines[-1], file=sys.stderr)
    command = "bench/compare.py --checkov checkov " + " ".join(tree.name for tree in options.trees)
    table = f"```console\n$ {command}\n```\n\n" + "\n".join(lines)
    table += f"\n\n{os.cpu_count()} cores, {platform.system()} {platform.machine()}."
    print(table)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
