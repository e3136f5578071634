resource "aws_redshiftserverless_namespace" "fail" {
  namespace_name = "reports"
}

resource "aws_redshiftserverless_namespace" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
