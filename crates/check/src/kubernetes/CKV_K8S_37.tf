resource "kubernetes_deployment_v1" "fail_keeps" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            capabilities {
              drop = ["NET_RAW"]
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_drops" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            capabilities {
              drop = ["ALL"]
            }
          }
        }
      }
    }
  }
}
