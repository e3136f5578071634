resource "kubernetes_deployment_v1" "fail_no_probe" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_probe" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          liveness_probe {
            http_get {
              path = "/health"
              port = "http"
            }
          }
        }
      }
    }
  }
}
