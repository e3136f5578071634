resource "aws_cloudfront_distribution" "fail" {
  default_cache_behavior {
    viewer_protocol_policy = "allow-all"
  }
}

resource "aws_cloudfront_distribution" "fail_ordered" {
  ordered_cache_behavior {
    viewer_protocol_policy = "allow-all"
  }
}

resource "aws_cloudfront_distribution" "pass" {
  default_cache_behavior {
    viewer_protocol_policy = "https-only"
  }
}
