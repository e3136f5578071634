resource "kubernetes_pod_security_policy" "fail_any" {
  spec {
    run_as_user {
      rule = "RunAsAny"
    }
  }
}

resource "kubernetes_pod_security_policy" "fail_zero" {
  spec {
    run_as_user {
      rule = "MustRunAs"

      range {
        min = 0
        max = 65535
      }
    }
  }
}

resource "kubernetes_pod_security_policy" "pass_non_root" {
  spec {
    run_as_user {
      rule = "MustRunAsNonRoot"
    }
  }
}

resource "kubernetes_pod_security_policy" "pass_range" {
  spec {
    run_as_user {
      rule = "MustRunAs"

      range {
        min = 10000
        max = 65535
      }
    }
  }
}
