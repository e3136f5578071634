resource "aws_imagebuilder_component" "fail" {
  name = "agent"
}

resource "aws_imagebuilder_component" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
