resource "kubernetes_config_map_v1" "fail_unstated" {
  metadata {
    name = "settings"
  }
}

resource "kubernetes_config_map_v1" "fail_default" {
  metadata {
    name      = "settings"
    namespace = "default"
  }
}

resource "kubernetes_config_map_v1" "pass_own" {
  metadata {
    name      = "settings"
    namespace = "models"
  }
}
