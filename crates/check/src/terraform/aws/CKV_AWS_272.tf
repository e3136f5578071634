resource "aws_lambda_function" "fail" {
  function_name = "f"
}

resource "aws_lambda_function" "pass" {
  code_signing_config_arn = "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1"
}
