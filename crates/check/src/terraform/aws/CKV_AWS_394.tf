data "aws_availability_zones" "fail" {
  state = "available"
}

data "aws_availability_zones" "pass" {
  filter {
    name   = "zone-id"
    values = ["euc1-az1", "euc1-az2"]
  }
}
