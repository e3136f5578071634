resource "aws_cloudtrail" "fail" {
  name = "all"
}

resource "aws_cloudtrail" "pass" {
  name           = "all"
  sns_topic_name = "trail"
}
