resource "aws_vpc_endpoint_service" "fail" {
  acceptance_required = false
}

resource "aws_vpc_endpoint_service" "pass" {
  acceptance_required = true
}
