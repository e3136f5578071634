resource "aws_lb" "fail" {
  name = "front"
}

resource "aws_lb" "pass" {
  drop_invalid_header_fields = true
}
