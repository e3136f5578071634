resource "aws_eks_cluster" "fail" {
  vpc_config {
    subnet_ids = ["subnet-1"]
  }
}

resource "aws_eks_cluster" "pass" {
  vpc_config {
    endpoint_public_access = false
  }
}
