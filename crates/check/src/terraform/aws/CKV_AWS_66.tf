resource "aws_cloudwatch_log_group" "fail" {
  name = "agents"
}

resource "aws_cloudwatch_log_group" "pass" {
  name              = "agents"
  retention_in_days = 365
}
