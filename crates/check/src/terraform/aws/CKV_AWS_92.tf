resource "aws_elb" "fail" {
  name = "front"
}

resource "aws_elb" "fail_off" {
  access_logs {
    bucket  = "logs"
    enabled = false
  }
}

resource "aws_elb" "pass" {
  access_logs {
    bucket = "logs"
  }
}
