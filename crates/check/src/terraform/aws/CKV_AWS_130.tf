resource "aws_subnet" "fail" {
  map_public_ip_on_launch = true
}

resource "aws_subnet" "pass" {
  cidr_block = "10.0.0.0/24"
}
