resource "aws_ami" "fail" {
  name = "server"
  ebs_block_device {
    device_name = "/dev/xvda"
    encrypted   = false
  }
}

resource "aws_ami" "pass" {
  name = "server"
  ebs_block_device {
    device_name = "/dev/xvda"
    encrypted   = true
  }
}
