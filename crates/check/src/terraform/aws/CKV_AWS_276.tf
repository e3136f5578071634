resource "aws_api_gateway_method_settings" "fail" {
  settings {
    data_trace_enabled = true
  }
}

resource "aws_api_gateway_method_settings" "pass" {
  settings {
    metrics_enabled = true
  }
}
