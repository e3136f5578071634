resource "aws_eks_cluster" "fail" {
  name    = "main"
  version = "1.23"
}

resource "aws_eks_cluster" "pass" {
  name    = "main"
  version = "1.35"
}
