resource "aws_wafv2_rule_group" "fail" {
  name     = "limits"
  capacity = 10
  scope    = "REGIONAL"

  rule {
    name     = "rate"
    priority = 1
    action {}

    statement {
      rate_based_statement {
        limit = 1000
      }
    }
  }
}

resource "aws_wafv2_rule_group" "pass" {
  name     = "limits"
  capacity = 10
  scope    = "REGIONAL"

  rule {
    name     = "rate"
    priority = 1
    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit = 1000
      }
    }
  }
}
