resource "aws_cloudfront_distribution" "fail" {
  enabled = true
}

resource "aws_cloudfront_distribution" "pass" {
  default_root_object = "index.html"
}
