resource "aws_cloudtrail" "fail" {
  name = "fail"
}

resource "aws_cloudtrail" "pass" {
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
}

resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}
