resource "aws_lambda_permission" "fail" {
  principal = "s3.amazonaws.com"
}

resource "aws_lambda_permission" "pass" {
  principal  = "s3.amazonaws.com"
  source_arn = "arn:aws:s3:::uploads"
}
