resource "kubernetes_deployment_v1" "fail_privileged" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            privileged = true
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_off" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            privileged = false
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
