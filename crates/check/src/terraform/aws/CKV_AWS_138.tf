resource "aws_elb" "fail" {
  cross_zone_load_balancing = false
}

resource "aws_elb" "pass" {
  name = "front"
}
