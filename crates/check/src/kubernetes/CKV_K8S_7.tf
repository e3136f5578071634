resource "kubernetes_pod_security_policy" "fail_none" {
  spec {
    privileged = false
  }
}

resource "kubernetes_pod_security_policy" "fail_other" {
  spec {
    required_drop_capabilities = ["CHOWN"]
  }
}

resource "kubernetes_pod_security_policy" "pass_all" {
  spec {
    required_drop_capabilities = ["ALL"]
  }
}
