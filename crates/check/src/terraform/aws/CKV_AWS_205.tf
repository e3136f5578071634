resource "aws_ami_launch_permission" "fail" {
  image_id   = "ami-12345678"
  account_id = "111122223333"
}
