resource "aws_lb_target_group" "fail" {
  name     = "web"
  port     = 443
  protocol = "HTTPS"
}

resource "aws_lb_target_group" "pass" {
  name     = "web"
  port     = 443
  protocol = "HTTPS"

  health_check {
    path = "/healthz"
  }
}
