resource "aws_security_group" "fail" {
  name = "fail"
}

resource "aws_security_group" "pass" {
  name = "pass"
}

resource "aws_instance" "app" {
  vpc_security_group_ids = [aws_security_group.pass.id]
}
