resource "aws_cloudfront_distribution" "fail" {
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_cloudfront_distribution" "pass" {
  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.site.arn
  }
}
