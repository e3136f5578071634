resource "kubernetes_deployment_v1" "fail_set" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          env {
            name  = "GITSYNC_GIT"
            value = "value"
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

          env {
            name  = "GITSYNC_REPO"
            value = "value"
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
