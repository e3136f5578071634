resource "aws_network_acl_rule" "fail" {
  protocol = "-1"
}

resource "aws_network_acl_rule" "pass" {
  from_port = 443
  to_port   = 443
}
