resource "aws_lb_listener" "fail" {
  protocol = "HTTPS"
  default_action {
    type = "forward"
  }
}

resource "aws_lb_listener" "pass" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
}

resource "aws_lb_listener" "pass_redirect" {
  protocol = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
