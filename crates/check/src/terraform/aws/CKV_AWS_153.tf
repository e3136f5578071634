resource "aws_autoscaling_group" "fail" {
  max_size = 3
}

resource "aws_autoscaling_group" "pass" {
  tag {
    key                 = "team"
    value               = "search"
    propagate_at_launch = true
  }
}
