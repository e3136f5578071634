resource "aws_api_gateway_method_settings" "fail" {
  settings {
    caching_enabled = true
  }
}

resource "aws_api_gateway_method_settings" "pass" {
  settings {
    caching_enabled      = true
    cache_data_encrypted = true
  }
}

resource "aws_api_gateway_method_settings" "pass_no_cache" {
  settings {
    metrics_enabled = true
  }
}
