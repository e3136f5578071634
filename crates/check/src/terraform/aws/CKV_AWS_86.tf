resource "aws_cloudfront_distribution" "fail" {
  enabled = true
}

resource "aws_cloudfront_distribution" "pass" {
  logging_config {
    bucket = "logs.s3.amazonaws.com"
  }
}
