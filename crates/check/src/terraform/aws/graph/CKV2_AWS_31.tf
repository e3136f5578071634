resource "aws_wafv2_web_acl" "fail" {
}

resource "aws_wafv2_web_acl" "pass" {
}

resource "aws_wafv2_web_acl_logging_configuration" "pass" {
  resource_arn = aws_wafv2_web_acl.pass.arn
}
