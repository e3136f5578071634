resource "kubernetes_pod_security_policy" "fail_allows" {
  spec {
    allowed_capabilities = ["NET_ADMIN"]
  }
}

resource "kubernetes_pod_security_policy" "pass_none" {
  spec {
    privileged = false
  }
}
