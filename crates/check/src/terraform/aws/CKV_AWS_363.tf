resource "aws_lambda_function" "fail" {
  runtime = "python3.7"
}

resource "aws_lambda_function" "pass" {
  runtime = "python3.13"
}
