resource "aws_ami_copy" "fail" {
  name = "base"
}

resource "aws_ami_copy" "pass" {
  name      = "base"
  encrypted = true
}
