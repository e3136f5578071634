resource "kubernetes_deployment_v1" "fail_port" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          port {
            container_port = 8080
            host_port      = 8080
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_container_port" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          port {
            container_port = 8080
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_none" {
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
