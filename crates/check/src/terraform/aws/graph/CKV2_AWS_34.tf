resource "aws_ssm_parameter" "fail" {
  type = "String"
}

resource "aws_ssm_parameter" "pass" {
  type = "SecureString"
}
