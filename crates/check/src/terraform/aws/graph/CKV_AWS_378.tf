resource "aws_lb_target_group" "fail" {
  protocol = "HTTP"
}

resource "aws_lb_target_group" "pass" {
  protocol = "HTTPS"
}
