resource "aws_ebs_encryption_by_default" "fail" {
  enabled = false
}

resource "aws_ebs_encryption_by_default" "pass" {}
