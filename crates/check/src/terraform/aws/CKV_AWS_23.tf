resource "aws_security_group" "fail" {
  name = "web"
}

resource "aws_security_group" "fail_rule" {
  description = "web"
  ingress {
    from_port = 443
    to_port   = 443
  }
}

resource "aws_security_group" "pass" {
  description = "web"
  ingress {
    description = "HTTPS"
  }
}
