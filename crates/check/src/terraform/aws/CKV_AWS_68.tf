resource "aws_cloudfront_distribution" "fail" {
  enabled = true
}

resource "aws_cloudfront_distribution" "pass" {
  web_acl_id = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/front/1"
}
