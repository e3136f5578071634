data "aws_ami" "fail" {
  most_recent = true

  filter {
    name   = "name"
    values = ["ubuntu-*"]
  }
}

data "aws_ami" "pass" {
  most_recent = true
  owners      = ["099720109477"]

  filter {
    name   = "name"
    values = ["ubuntu-*"]
  }
}
