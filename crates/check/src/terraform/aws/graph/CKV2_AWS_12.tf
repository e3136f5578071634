resource "aws_vpc" "fail" {
}

resource "aws_vpc" "pass" {
}

resource "aws_default_security_group" "pass" {
  vpc_id = aws_vpc.pass.id
}
