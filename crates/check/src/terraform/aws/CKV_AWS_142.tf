resource "aws_redshift_cluster" "fail" {
  cluster_identifier = "reports"
}

resource "aws_redshift_cluster" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
