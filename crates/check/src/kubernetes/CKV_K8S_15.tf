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

resource "kubernetes_deployment_v1" "fail_if_missing" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          image_pull_policy = "IfNotPresent"
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_always" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          image_pull_policy = "Always"
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_digest" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2@sha256:0b8f9dfb4a9f4a4f3b8d6a1a3a3b6d0a1f5e7c9d2b4a6c8e0f1a2b3c4d5e6f70"
        }
      }
    }
  }
}
