resource "aws_elb" "fail" {
  listener {
    lb_port = 80
  }
}

resource "aws_elb" "pass" {
  listener {
    lb_port            = 443
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/1"
  }
}
