resource "aws_default_vpc" "fail" {
}
