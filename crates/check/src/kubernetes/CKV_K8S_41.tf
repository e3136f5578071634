resource "kubernetes_service_account_v1" "fail_mounted" {
  metadata {
    name = "default"
  }
}

resource "kubernetes_service_account_v1" "pass_not_mounted" {
  metadata {
    name = "default"
  }

  automount_service_account_token = false
}

resource "kubernetes_service_account_v1" "pass_own_account" {
  metadata {
    name = "model-server"
  }
}
