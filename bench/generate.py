#!/usr/bin/env python3
"""Write the trees that show how a scan grows with its input.

    bench/generate.py modules DIR             70 modules, 20 root folders, 709 files, 50,000 lines of Terraform
    bench/generate.py instances DIR N         one module with `for_each` over N keys (hundreds)
    bench/generate.py curve                   times `instances` for 1,000 to 30,000, with the release build

The same arguments give the same bytes. Uses the standard library alone.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
MODULES, ROOTS, FILES, LINES = 70, 20, 709, 50_000
CURVE = [1_000, 3_000, 10_000, 30_000]

VARIABLES = """\
variable "name" {
  type        = string
  description = "What the resources are called"
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "retention" {
  type    = number
  default = 30
}

variable "rules" {
  type = list(object({
    port  = number
    cidrs = optional(list(string), ["10.0.0.0/8"])
  }))
  default = [{ port = 443 }, { port = 8443, cidrs = ["192.168.0.0/16"] }]
}

locals {
  prefix = lower("${var.name}-${terraform.workspace}")
  tags   = merge({ managed = "terraform", name = var.name }, var.tags)
}
"""

OUTPUTS = """\
output "bucket" {
  value = aws_s3_bucket.bucket_0.arn
}
"""

# 40 lines each.
RESOURCES = """\
resource "aws_s3_bucket" "bucket_{n}" {{
  bucket = "${{local.prefix}}-{n}"
  tags   = local.tags
}}

resource "aws_s3_bucket_versioning" "bucket_{n}" {{
  bucket = aws_s3_bucket.bucket_{n}.id
  versioning_configuration {{
    status = var.retention > 7 ? "Enabled" : "Suspended"
  }}
}}

resource "aws_security_group" "group_{n}" {{
  name        = format("%s-%02d", local.prefix, {n})
  description = "Group {n} of ${{var.name}}"
  dynamic "ingress" {{
    for_each = var.rules
    content {{
      description = "port ${{ingress.value.port}}"
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = ingress.value.cidrs
    }}
  }}
}}

resource "aws_iam_policy" "policy_{n}" {{
  name = "${{local.prefix}}-{n}"
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:ListBucket"]
      Resource = [aws_s3_bucket.bucket_{n}.arn, "${{aws_s3_bucket.bucket_{n}.arn}}/*"]
    }}]
  }})
}}
"""

CALL = """\
module "{name}_{n}" {{
  source    = "../../modules/{name}"
  name      = "{root}-{name}-{n}"
  retention = {retention}
  tags      = {{ root = "{root}", call = "{n}" }}
}}

"""

INSTANCES = """\
locals {{
  # `range` makes 1,024 numbers at the most.
  keys = toset(flatten([for n in range({count} / 100) : [for m in range(100) : format("bucket-%03d-%02d", n, m)]]))
}}

resource "aws_s3_bucket" "many" {{
  for_each = local.keys
  bucket   = "${{each.key}}-data"
  tags     = {{ name = each.value, upper = upper(each.key) }}
}}

resource "aws_s3_bucket_versioning" "many" {{
  for_each = aws_s3_bucket.many
  bucket   = each.value.id
  versioning_configuration {{
    status = "Enabled"
  }}
}}
"""


class Tree:
    """Files below one folder, with a count of what was written."""

    def __init__(self, root: Path):
        self.root, self.files, self.lines = root, 0, 0

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        self.files += 1
        self.lines += text.count("\n")


def modules(root: Path) -> Tree:
    """Modules that 20 root folders call, filled up with resources to the number of lines."""
    tree = Tree(root)
    names = [f"part_{n:02}" for n in range(MODULES)]
    for index in range(ROOTS):
        here = f"root_{index:02}"
        called = names[index::ROOTS] + names[: 3 + index % 5]
        calls = [CALL.format(name=name, n=n, root=here, retention=n * 5) for n, name in enumerate(called)]
        tree.write(f"roots/{here}/main.tf", "".join(calls))
    for name in names:
        tree.write(f"modules/{name}/variables.tf", VARIABLES)
        tree.write(f"modules/{name}/outputs.tf", OUTPUTS)
    written = {name: 0 for name in names}
    files = FILES - tree.files
    left = LINES - tree.lines
    size = RESOURCES.count("\n")
    for index in range(files):
        name = names[index % MODULES]
        blocks = []
        while left - size * (files - index - 1) >= size and len(blocks) < left // size // (files - index) + 1:
            blocks.append(RESOURCES.format(n=written[name]))
            written[name] += 1
            left -= size
        text = "\n".join(blocks)
        left -= len(blocks) - 1
        tree.write(f"modules/{name}/resources_{index // MODULES:02}.tf", text)
    return tree


def instances(root: Path, count: int) -> Tree:
    """One root module of two resources with `count` instances each."""
    tree = Tree(root)
    tree.write("main.tf", INSTANCES.format(count=count))
    return tree


def curve() -> None:
    """Prints seconds and megabytes by the number of instances."""
    print("| instances | seconds | MB | µs an instance |\n| ---: | ---: | ---: | ---: |")
    for count in CURVE:
        with tempfile.TemporaryDirectory() as folder:
            instances(Path(folder), count)
            command = [RELEASE / "bastide", "scan", "--framework", "terraform", "--quiet", "--compact", "--soft-fail", folder]
            best, peak = float("inf"), 0.0
            for _ in range(5):
                start = time.perf_counter()
                child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                _, _, usage = os.wait4(child.pid, 0)
                best = min(best, time.perf_counter() - start)
                peak = max(peak, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))
        print(f"| {2 * count:,} | {best:.2f} | {peak:.0f} | {best / (2 * count) * 1e6:.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    of_modules = commands.add_parser("modules")
    of_modules.add_argument("folder", type=Path)
    of_instances = commands.add_parser("instances")
    of_instances.add_argument("folder", type=Path)
    of_instances.add_argument("count", type=int)
    commands.add_parser("curve")
    options = parser.parse_args()
    if options.command == "curve":
        curve()
        return
    tree = modules(options.folder) if options.command == "modules" else instances(options.folder, options.count)
    print(f"{tree.files} files, {tree.lines:,} lines")


if __name__ == "__main__":
    main()
