resource "aws_appsync_graphql_api" "fail" {
  name = "fail"
}

resource "aws_wafv2_web_acl_association" "bare" {
  resource_arn = aws_appsync_graphql_api.fail.arn
  web_acl_arn  = aws_wafv2_web_acl.bare.arn
}

resource "aws_wafv2_web_acl" "bare" {
  name  = "bare"
  scope = "REGIONAL"
}

resource "aws_appsync_graphql_api" "pass" {
  name = "pass"
}

resource "aws_wafv2_web_acl_association" "guarded" {
  resource_arn = aws_appsync_graphql_api.pass.arn
  web_acl_arn  = aws_wafv2_web_acl.guarded.arn
}

resource "aws_wafv2_web_acl" "guarded" {
  name  = "guarded"
  scope = "REGIONAL"

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
