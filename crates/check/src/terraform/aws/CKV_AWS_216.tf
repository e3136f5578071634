resource "aws_cloudfront_distribution" "fail" {
  enabled = false
}

resource "aws_cloudfront_distribution" "pass" {
  enabled = true
}
