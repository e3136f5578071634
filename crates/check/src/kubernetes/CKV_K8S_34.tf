resource "kubernetes_deployment_v1" "fail_image" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "ghcr.io/helm/tiller:v2.17.0"
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "fail_label" {
  spec {
    template {
      metadata {
        labels = { name = "tiller" }
      }

      spec {
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
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"
        }
      }
    }
  }
}
