resource "aws_eks_cluster" "fail" {
  name = "main"
}

resource "aws_eks_cluster" "pass" {
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.data.arn
    }
  }
}

resource "aws_kms_key" "data" {}
