resource "aws_lambda_function" "fail" {
  environment {
    variables = {
      MODE = "fast"
    }
  }
}

resource "aws_lambda_function" "fail_for_nothing" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_lambda_function" "pass" {
  kms_key_arn = aws_kms_key.data.arn
  environment {
    variables = {
      MODE = "fast"
    }
  }
}

resource "aws_kms_key" "data" {}
