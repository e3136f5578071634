resource "aws_autoscaling_group" "ec2" {
  health_check_type = "EC2"
}

resource "aws_autoscaling_attachment" "fail" {
  autoscaling_group_name = aws_autoscaling_group.ec2.id
  lb_target_group_arn    = aws_lb_target_group.checked.arn
}

resource "aws_autoscaling_group" "elb" {
  health_check_type = "ELB"
}

resource "aws_autoscaling_attachment" "pass" {
  autoscaling_group_name = aws_autoscaling_group.elb.id
  lb_target_group_arn    = aws_lb_target_group.checked_too.arn
}

resource "aws_lb_target_group" "checked" {
  health_check {
    path = "/healthz"
  }
}

resource "aws_lb_target_group" "checked_too" {
  health_check {
    path = "/healthz"
  }
}
