resource "aws_globalaccelerator_accelerator" "fail" {
  name = "front"
}

resource "aws_globalaccelerator_accelerator" "pass" {
  attributes {
    flow_logs_enabled = true
  }
}
