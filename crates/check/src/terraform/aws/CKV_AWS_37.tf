resource "aws_eks_cluster" "fail" {
  name                      = "main"
  enabled_cluster_log_types = ["api", "audit"]
}

resource "aws_eks_cluster" "pass" {
  name                      = "main"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
}
