resource "aws_ebs_volume" "fail" {
  size = 8
}

resource "aws_ebs_volume" "pass" {
  size      = 8
  encrypted = true
}
