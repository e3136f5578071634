resource "aws_lb" "fail" {
  desync_mitigation_mode = "monitor"
}

resource "aws_lb" "pass" {
  name = "front"
}
