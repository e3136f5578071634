resource "kubernetes_deployment_v1" "fail_on" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            allow_privilege_escalation = true
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "pass_off" {
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "registry.example/model-server:1.4.2"

          security_context {
            allow_privilege_escalation = false
          }
        }
      }
    }
  }
}
