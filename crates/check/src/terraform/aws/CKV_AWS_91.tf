resource "aws_lb" "fail" {
  name = "front"
}

resource "aws_lb" "pass" {
  access_logs {
    bucket  = "logs"
    enabled = true
  }
}
