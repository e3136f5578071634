resource "aws_eip" "fail" {
  domain = "vpc"
}

resource "aws_eip" "pass" {
  domain   = "vpc"
  instance = aws_instance.app.id
}

resource "aws_instance" "app" {
  ami = "ami-1"
}
