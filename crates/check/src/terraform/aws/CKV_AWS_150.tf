resource "aws_lb" "fail" {
  name = "front"
}

resource "aws_lb" "pass" {
  enable_deletion_protection = true
}
