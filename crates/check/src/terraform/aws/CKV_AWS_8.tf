resource "aws_instance" "fail" {
  root_block_device {
    encrypted = false
  }
}

resource "aws_instance" "fail_by_default" {
}

resource "aws_instance" "pass" {
  root_block_device {
    encrypted = true
  }
}
