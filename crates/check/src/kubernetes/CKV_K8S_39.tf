resource "kubernetes_deployment_v1" "fail_admin" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            capabilities {
              add = ["SYS_ADMIN"]
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_other" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            capabilities {
              add = ["NET_BIND_SERVICE"]
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_default" {
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
