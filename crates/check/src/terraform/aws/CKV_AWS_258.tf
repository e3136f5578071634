resource "aws_lambda_function_url" "fail" {
  authorization_type = "NONE"
}

resource "aws_lambda_function_url" "pass" {
  authorization_type = "AWS_IAM"
}
