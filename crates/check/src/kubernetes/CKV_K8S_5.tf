resource "kubernetes_pod_security_policy" "fail_on" {
  spec {
    allow_privilege_escalation = true
  }
}

resource "kubernetes_pod_security_policy" "pass_off" {
  spec {
    allow_privilege_escalation = false
  }
}

resource "kubernetes_pod_security_policy" "pass_default" {
  spec {
    read_only_root_filesystem = true
  }
}
