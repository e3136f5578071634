resource "aws_cloudfront_distribution" "fail" {
  enabled = true
  origin {
    domain_name = "app.eu-central-1.elb.amazonaws.com"
    custom_origin_config {
      origin_protocol_policy = "http-only"
    }
  }
}

resource "aws_cloudfront_distribution" "pass" {
  enabled = true
  origin {
    domain_name = "app.eu-central-1.elb.amazonaws.com"
    custom_origin_config {
      origin_protocol_policy = "https-only"
    }
  }
}
