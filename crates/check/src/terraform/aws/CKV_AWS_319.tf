resource "aws_cloudwatch_metric_alarm" "fail" {
  alarm_name      = "cost"
  actions_enabled = false
}

resource "aws_cloudwatch_metric_alarm" "pass" {
  alarm_name = "cost"
}
