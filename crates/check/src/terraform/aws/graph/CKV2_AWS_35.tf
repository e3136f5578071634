resource "aws_route" "fail" {
  destination_cidr_block = "0.0.0.0/0"
  instance_id = "x-1"
}

resource "aws_route" "pass" {
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id = "x-1"
}
