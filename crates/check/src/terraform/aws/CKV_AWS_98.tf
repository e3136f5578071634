resource "aws_sagemaker_endpoint_configuration" "fail" {
  name = "lab"
}

resource "aws_sagemaker_endpoint_configuration" "pass" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
