resource "aws_appflow_flow" "fail" {
  name = "orders"
}

resource "aws_appflow_flow" "pass" {
  kms_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
