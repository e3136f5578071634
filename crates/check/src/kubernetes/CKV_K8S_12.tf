resource "kubernetes_deployment_v1" "fail_none" {
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

          resources {
            limits = { cpu = "500m" }
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_given" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          resources {
            limits = { memory = "2Gi" }
          }
        }
      }
    }
  }
}
