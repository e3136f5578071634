resource "aws_api_gateway_method_settings" "fail" {
  settings {
    metrics_enabled = true
  }
}

resource "aws_api_gateway_method_settings" "pass" {
  settings {
    caching_enabled = true
  }
}
