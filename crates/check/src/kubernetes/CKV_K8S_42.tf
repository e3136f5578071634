resource "kubernetes_role_binding_v1" "fail_default" {
  subject {
    kind = "ServiceAccount"
    name = "default"
  }
}

resource "kubernetes_role_binding_v1" "pass_own" {
  subject {
    kind = "ServiceAccount"
    name = "model-server"
  }
}

resource "kubernetes_role_binding_v1" "pass_user" {
  subject {
    kind = "User"
    name = "default"
  }
}
