resource "aws_lb" "fail" {
}

resource "aws_lb" "pass" {
}

resource "aws_wafv2_web_acl_association" "pass" {
  resource_arn = aws_lb.pass.arn
}
