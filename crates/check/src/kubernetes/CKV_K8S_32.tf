resource "kubernetes_pod_security_policy" "fail_none" {
  spec {
    privileged = false
  }
}

resource "kubernetes_pod_security_policy" "pass_runtime" {
  metadata {
    annotations = {
      "seccomp.security.alpha.kubernetes.io/defaultProfileName" = "runtime/default"
    }
  }

  spec {
    privileged = false
  }
}
