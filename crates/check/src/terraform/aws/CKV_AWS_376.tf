resource "aws_elb" "fail" {
  listener {
    instance_protocol = "http"
  }
}

resource "aws_elb" "fail_no_certificate" {
  listener {
    instance_protocol = "https"
  }
}

resource "aws_elb" "pass" {
  listener {
    instance_protocol  = "https"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/1"
  }
}
