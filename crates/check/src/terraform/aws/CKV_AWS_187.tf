resource "aws_sagemaker_domain" "fail" {
  domain_name = "lab"
}

resource "aws_sagemaker_domain" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
