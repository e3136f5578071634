resource "aws_lambda_function" "fail" {
  function_name = "f"
}

resource "aws_lambda_function" "pass" {
  dead_letter_config {
    target_arn = "arn:aws:sqs:eu-west-1:111122223333:failed"
  }
}
