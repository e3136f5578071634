resource "kubernetes_deployment_v1" "fail_shared" {
  spec {
    template {
      spec {
        host_network = true

        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_off" {
  spec {
    template {
      spec {
        host_network = false

        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_default" {
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

resource "kubernetes_pod_v1" "fail_pod" {
  spec {
    host_network = true
  }
}
