resource "kubernetes_deployment_v1" "fail_variable" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          env {
            name = "API_KEY"

            value_from {
              secret_key_ref {
                name = "api-key"
                key  = "token"
              }
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_file" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          volume_mount {
            name       = "api-key"
            mount_path = "/run/secrets/api-key"
            read_only  = true
          }
        }
      }
    }
  }
}
