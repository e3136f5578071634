resource "aws_ec2_transit_gateway" "fail" {
  auto_accept_shared_attachments = "enable"
}

resource "aws_ec2_transit_gateway" "pass" {
  description = "main"
}
