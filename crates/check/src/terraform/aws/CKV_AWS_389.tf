resource "aws_launch_configuration" "fail" {
  associate_public_ip_address = true
}

resource "aws_launch_configuration" "pass" {
  image_id = "ami-1"
}
