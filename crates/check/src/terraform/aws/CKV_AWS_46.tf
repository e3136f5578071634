resource "aws_instance" "fail" {
  instance_type = "t3.micro"
  user_data     = "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"
}

resource "aws_instance" "pass" {
  instance_type = "t3.micro"
  user_data     = "export AWS_REGION=eu-central-1"
}
