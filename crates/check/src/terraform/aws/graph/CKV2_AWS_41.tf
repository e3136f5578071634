resource "aws_instance" "fail" {
  ami = "ami-1"
}

resource "aws_instance" "pass" {
  iam_instance_profile = "app"
}
