resource "kubernetes_deployment_v1" "fail_no_limit" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          resources {
            requests = { cpu = "500m" }
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_limit" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          resources {
            requests = { cpu = "500m" }
            limits   = { cpu = "1" }
          }
        }
      }
    }
  }
}
