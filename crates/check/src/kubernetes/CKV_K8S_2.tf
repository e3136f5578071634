resource "kubernetes_pod_security_policy" "fail_on" {
  spec {
    privileged = true
  }
}

resource "kubernetes_pod_security_policy" "pass_off" {
  spec {
    privileged = false
  }
}

resource "kubernetes_pod_security_policy" "pass_default" {
  spec {
    read_only_root_filesystem = true
  }
}
