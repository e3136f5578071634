resource "aws_lb" "fail" {
  load_balancer_type = "network"
}

resource "aws_lb" "pass" {
  load_balancer_type               = "network"
  enable_cross_zone_load_balancing = true
}
