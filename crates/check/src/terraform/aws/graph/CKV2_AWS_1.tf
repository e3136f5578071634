resource "aws_subnet" "private" {
  cidr_block = "10.0.1.0/24"
}

resource "aws_network_acl" "fail" {
  vpc_id = "vpc-1"
}

resource "aws_network_acl" "pass" {
  vpc_id     = "vpc-1"
  subnet_ids = [aws_subnet.private.id]
}
