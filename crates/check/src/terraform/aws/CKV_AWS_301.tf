resource "aws_lambda_permission" "fail" {
  principal = "*"
}

resource "aws_lambda_permission" "pass" {
  principal = "events.amazonaws.com"
}
