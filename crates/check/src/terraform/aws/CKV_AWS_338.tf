resource "aws_cloudwatch_log_group" "fail" {
  name              = "agents"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "fail_unset" {
  name = "agents"
}

resource "aws_cloudwatch_log_group" "pass" {
  name              = "agents"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "pass_forever" {
  name              = "agents"
  retention_in_days = 0
}
