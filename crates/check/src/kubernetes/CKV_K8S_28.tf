resource "kubernetes_deployment_v1" "fail_default" {
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

resource "kubernetes_deployment_v1" "fail_other" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            capabilities {
              drop = ["CHOWN"]
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_all" {
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

resource "kubernetes_deployment_v1" "pass_raw" {
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
