resource "aws_ssm_parameter" "fail" {
  type = "SecureString"
}

resource "aws_ssm_parameter" "pass" {
  type   = "SecureString"
  key_id = aws_kms_key.data.arn
}

resource "aws_ssm_parameter" "pass_plain" {
  type = "String"
}

resource "aws_kms_key" "data" {}
