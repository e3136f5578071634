resource "aws_instance" "fail" {
  ami = "ami-1"
}

resource "aws_instance" "pass" {
  monitoring = true
}
