resource "aws_autoscaling_group" "fail" {
  launch_configuration = "workers"
}

resource "aws_autoscaling_group" "pass" {
  launch_template {
    id = "lt-1"
  }
}
