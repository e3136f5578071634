import json
import unittest

import cluster
from cluster import Cluster, Refused


class Paths(unittest.TestCase):
    def test_lists(self):
        self.assertEqual(cluster.listing("pods", "vllm"), "/api/v1/namespaces/vllm/pods?limit=100")
        self.assertEqual(cluster.listing("deployments", ""), "/apis/apps/v1/deployments?limit=100")
        # A node lives in no namespace.
        self.assertEqual(cluster.listing("nodes", "vllm"), "/api/v1/nodes?limit=100")

    def test_logs(self):
        path = cluster.log("vllm", "model-0", "model")
        self.assertEqual(path, "/api/v1/namespaces/vllm/pods/model-0/log?tailLines=200&limitBytes=100000&container=model")

    def test_secrets_and_what_else_is_not_named_are_not_seen(self):
        for kind in ("secrets", "configmaps", "pods/exec", "serviceaccounts/token", "", "Pods"):
            with self.assertRaises(Refused, msg=kind):
                cluster.listing(kind, "vllm")

    def test_no_path_leads_elsewhere(self):
        for text in ("../secrets", "a/b", "a?b", "a%2fb", "A", "", "a..b", "a b"):
            with self.assertRaises(Refused, msg=text):
                cluster.log("vllm", text, "")
            with self.assertRaises(Refused, msg=text):
                cluster.log(text, "pod", "")
        with self.assertRaises(Refused):
            cluster.listing("pods", "../../api/v1/secrets")


class Objects(unittest.TestCase):
    def test_what_may_be_a_secret_is_left_out(self):
        pod = {
            "metadata": {"name": "web", "annotations": {"last-applied": "KEY"}, "managedFields": [{}]},
            "spec": {
                "containers": [
                    {
                        "name": "web",
                        "args": ["--key=KEY"],
                        "command": ["KEY"],
                        "env": [{"name": "TOKEN", "value": "KEY"}],
                        "envFrom": [{"secretRef": {"name": "KEY"}}],
                    }
                ]
            },
            "status": {"phase": "Running"},
        }
        asked = []

        def fetch(path):
            asked.append(path)
            return json.dumps({"items": [pod]}).encode()

        told = Cluster(fetch).objects("pods", "web")
        self.assertNotIn("KEY", told)
        container = {"name": "web", "env": ["TOKEN"]}
        expected = {"metadata": {"name": "web"}, "spec": {"containers": [container]}, "status": {"phase": "Running"}}
        self.assertEqual(json.loads(told), [expected])
        self.assertEqual(asked, ["/api/v1/namespaces/web/pods?limit=100"])

    def test_nothing_is_asked_that_is_refused(self):
        with self.assertRaises(Refused):
            Cluster(lambda path: self.fail(path)).objects("secrets")


if __name__ == "__main__":
    unittest.main()
