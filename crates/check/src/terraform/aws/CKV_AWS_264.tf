resource "aws_appflow_connector_profile" "fail" {
  name = "orders"
}

resource "aws_appflow_connector_profile" "pass" {
  kms_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
