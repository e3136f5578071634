resource "aws_ssm_parameter" "token" {
  type = "SecureString"
}

data "http" "fail" {
  url = "https://example.com/?token=${aws_ssm_parameter.token.value}"
}

data "http" "pass" {
  url = "https://example.com/status"
}
