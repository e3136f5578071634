#!/usr/bin/env python3
"""Write manifests whose pods and network policies all share one label.

What costs a scanner that compares each policy with each pod the square of their number. Each of the files holds two pods, a
deployment, a cron job and a network policy. Uses the standard library alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: {name}, namespace: team, labels: {labels}}}
spec:
  containers:
    - {{name: app, image: "registry.example/app:1.0"}}
"""

WORKLOADS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web-{number}, namespace: team}}
spec:
  selector: {{matchLabels: {labels}}}
  template:
    metadata: {{labels: {labels}}}
    spec:
      containers:
        - {{name: web, image: "registry.example/web:1.0"}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {{name: clean-{number}, namespace: team}}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        metadata: {{labels: {labels}}}
        spec:
          restartPolicy: Never
          containers:
            - {{name: clean, image: "registry.example/clean:1.0"}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: allow-{number}, namespace: team}}
spec:
  podSelector: {{matchLabels: {selector}}}
  policyTypes: [Ingress]
"""


def manifest(number: int, distinct: bool) -> str:
    """The objects of one file; with `distinct`, labels and selectors have one more pair that no other file has."""
    own = f", file: f{number}" if distinct else ""
    labels = f"{{tier: backend{own}}}"
    pods = [POD.format(name=f"{name}-{number}", labels=labels) for name in ("one", "two")]
    return "---\n".join([*pods, WORKLOADS.format(number=number, labels=labels, selector=labels)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--distinct", action="store_true", help="give each file one more label of its own")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for number in range(options.files):
        path = options.folder / f"{number:04}.yaml"
        path.write_text(manifest(number, options.distinct))


if __name__ == "__main__":
    main()
