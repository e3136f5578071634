resource "kubernetes_deployment_v1" "fail_socket" {
  spec {
    template {
      spec {
        volume {
          name = "socket"

          host_path {
            path = "/var/run/docker.sock"
          }
        }

        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_other" {
  spec {
    template {
      spec {
        volume {
          name = "socket"

          host_path {
            path = "/dev/fuse"
          }
        }

        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"
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
