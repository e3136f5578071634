resource "aws_cloudformation_stack" "fail" {
  name = "network"
}

resource "aws_cloudformation_stack" "pass" {
  notification_arns = ["arn:aws:sns:eu-west-1:111122223333:changes"]
}
