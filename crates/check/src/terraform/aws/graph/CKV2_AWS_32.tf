resource "aws_cloudfront_distribution" "fail" {
  enabled = true
}

resource "aws_cloudfront_distribution" "pass" {
  default_cache_behavior {
    response_headers_policy_id = aws_cloudfront_response_headers_policy.strict.id
  }
}

resource "aws_cloudfront_response_headers_policy" "strict" {
  name = "strict"
}
