resource "aws_appsync_api_cache" "fail" {
  ttl = 900
}

resource "aws_appsync_api_cache" "pass" {
  at_rest_encryption_enabled = true
}
