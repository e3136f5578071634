resource "aws_waf_web_acl" "fail" {
  name = "front"
}

resource "aws_waf_web_acl" "pass" {
  logging_configuration {
    log_destination = "arn:aws:firehose:us-east-1:111122223333:deliverystream/waf"
  }
}
