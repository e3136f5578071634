resource "aws_vpc" "fail" {
}

resource "aws_vpc" "pass" {
}

resource "aws_flow_log" "pass" {
  vpc_id = aws_vpc.pass.id
}
