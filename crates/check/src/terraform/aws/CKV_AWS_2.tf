resource "aws_lb_listener" "fail" {
  protocol = "HTTP"
}

resource "aws_lb_listener" "pass" {
  protocol = "HTTPS"
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
