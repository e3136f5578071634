resource "aws_wafv2_web_acl" "fail" {
  name = "front"
}

resource "aws_wafv2_web_acl" "pass" {
  rule {
    name     = "common"
    priority = 1
  }
}
