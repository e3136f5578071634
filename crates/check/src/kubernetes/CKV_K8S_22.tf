resource "kubernetes_deployment_v1" "fail_writable" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            run_as_non_root = true
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_read_only" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            read_only_root_filesystem = true
          }
        }
      }
    }
  }
}
