resource "kubernetes_deployment_v1" "fail_tag" {
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
