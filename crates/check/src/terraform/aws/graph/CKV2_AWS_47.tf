resource "aws_cloudfront_distribution" "fail" {
  web_acl_id = aws_wafv2_web_acl.bare.arn
}

resource "aws_wafv2_web_acl" "bare" {
  name  = "bare"
  scope = "CLOUDFRONT"
}

resource "aws_cloudfront_distribution" "pass" {
  web_acl_id = aws_wafv2_web_acl.guarded.arn
}

resource "aws_wafv2_web_acl" "guarded" {
  name  = "guarded"
  scope = "CLOUDFRONT"

  rule {
    name     = "anonymous"
    priority = 1
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesAnonymousIpList"
        vendor_name = "AWS"
      }
    }
  }

  rule {
    name     = "inputs"
    priority = 2
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
  }
}
