resource "aws_cloudfront_distribution" "fail" {
  origin {
    custom_origin_config {
      origin_ssl_protocols = ["SSLv3", "TLSv1.2"]
    }
  }
}

resource "aws_cloudfront_distribution" "pass" {
  origin {
    custom_origin_config {
      origin_ssl_protocols = ["TLSv1.2"]
    }
  }
}
