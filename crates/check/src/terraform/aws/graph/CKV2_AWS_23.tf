resource "aws_route53_record" "fail" {
  type    = "A"
  records = ["192.0.2.1"]
}

resource "aws_route53_record" "pass" {
  type    = "A"
  records = [aws_eip.app.public_ip]
}

resource "aws_eip" "app" {
  domain = "vpc"
}
