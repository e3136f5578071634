resource "aws_route" "fail" {
  destination_cidr_block      = "0.0.0.0/0"
  destination_ipv6_cidr_block = "::/0"
  vpc_peering_connection_id   = "pcx-1"
}

resource "aws_route" "pass" {
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = "pcx-1"
}
