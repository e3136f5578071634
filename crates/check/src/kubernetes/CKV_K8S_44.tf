resource "kubernetes_service_v1" "fail_selects" {
  spec {
    selector = { name = "tiller" }
  }
}

resource "kubernetes_service_v1" "pass_other" {
  spec {
    selector = { app = "model-server" }
  }
}
