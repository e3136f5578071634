resource "aws_cloudfront_distribution" "fail" {
  enabled = true

  origin_group {
    origin_id = "app"
    failover_criteria {
      status_codes = [500, 502]
    }
    member {
      origin_id = "first"
    }
  }
}

resource "aws_cloudfront_distribution" "pass" {
  enabled = true

  origin_group {
    origin_id = "app"
    failover_criteria {
      status_codes = [500, 502]
    }
    member {
      origin_id = "first"
    }
    member {
      origin_id = "second"
    }
  }
}
