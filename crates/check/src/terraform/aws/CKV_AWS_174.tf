resource "aws_cloudfront_distribution" "fail" {
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_cloudfront_distribution" "fail_old" {
  viewer_certificate {
    minimum_protocol_version = "TLSv1_2016"
  }
}

resource "aws_cloudfront_distribution" "pass" {
  viewer_certificate {
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
