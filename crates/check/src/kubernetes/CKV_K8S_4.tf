resource "kubernetes_pod_security_policy" "fail_on" {
  spec {
    host_network = true
  }
}

resource "kubernetes_pod_security_policy" "pass_off" {
  spec {
    host_network = false
  }
}

resource "kubernetes_pod_security_policy" "pass_default" {
  spec {
    read_only_root_filesystem = true
  }
}
