"""What an agent may see of a cluster: how things are, never a secret."""

import json
import ssl
import urllib.parse
import urllib.request

# What there is to see, by name: the path of its API, and whether it lives in a namespace.
KINDS = {
    "cronjobs": ("/apis/batch/v1", True),
    "daemonsets": ("/apis/apps/v1", True),
    "deployments": ("/apis/apps/v1", True),
    "events": ("/api/v1", True),
    "horizontalpodautoscalers": ("/apis/autoscaling/v2", True),
    "ingresses": ("/apis/networking.k8s.io/v1", True),
    "jobs": ("/apis/batch/v1", True),
    "namespaces": ("/api/v1", False),
    "nodes": ("/api/v1", False),
    "pods": ("/api/v1", True),
    "replicasets": ("/apis/apps/v1", True),
    "services": ("/api/v1", True),
    "statefulsets": ("/apis/apps/v1", True),
}
# How many objects and how many lines of a log are told at once.
MOST = 100
LINES = 200
ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"


class Refused(ValueError):
    """What an agent asks for is not for it to see."""


def name(text):
    """A name as it stands in a path. Raises Refused if it cannot be the name of an object."""
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    if not text or len(text) > 253 or not set(text) <= allowed or ".." in text:
        raise Refused(f"{text!r} cannot be a name")
    return text


def listing(kind, namespace):
    """The path of a list of objects; those of all namespaces if none is named."""
    if kind not in KINDS:
        raise Refused(f"{kind!r} is not there to be seen; there are {', '.join(sorted(KINDS))}")
    base, namespaced = KINDS[kind]
    within = f"/namespaces/{name(namespace)}" if namespaced and namespace else ""
    return f"{base}{within}/{kind}?limit={MOST}"


def log(namespace, pod, container):
    """The path of the end of a log."""
    asked = {"tailLines": LINES, "limitBytes": 100_000}
    if container:
        asked["container"] = name(container)
    return f"/api/v1/namespaces/{name(namespace)}/pods/{name(pod)}/log?" + urllib.parse.urlencode(asked)


def seen(value):
    """An object without what may be a secret, and without what only the cluster reads.

    Values of variables are taken out, since people put keys there; so are arguments of programs, and annotations,
    which may hold the whole object as it was applied.
    """
    if isinstance(value, list):
        return [seen(each) for each in value]
    if not isinstance(value, dict):
        return value
    left = {}
    for key, each in value.items():
        if key in ("annotations", "managedFields", "args", "command", "envFrom"):
            continue
        if key == "env":
            left[key] = [variable.get("name") for variable in each or []]
        else:
            left[key] = seen(each)
    return left


class Cluster:
    """Asks the API of the cluster. `fetch` is a function from a path to the bytes of an answer."""

    def __init__(self, fetch):
        self.fetch = fetch

    def objects(self, kind, namespace=""):
        """Objects of a kind, as far as they are for an agent to see."""
        answer = json.loads(self.fetch(listing(kind, namespace)))
        return json.dumps([seen(each) for each in answer.get("items") or []])

    def log(self, namespace, pod, container=""):
        """The end of the log of a container."""
        return self.fetch(log(namespace, pod, container)).decode(errors="replace")


def fetch(path):
    """From the API of the cluster that the pod runs in, as the account of the pod."""
    with open(f"{ACCOUNT}/token", encoding="utf-8") as file:
        token = file.read().strip()
    request = urllib.request.Request("https://kubernetes.default.svc" + path)
    request.add_header("Authorization", "Bearer " + token)
    trusted = ssl.create_default_context(cafile=f"{ACCOUNT}/ca.crt")
    with urllib.request.urlopen(request, timeout=20, context=trusted) as answer:
        return answer.read()
