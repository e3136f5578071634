resource "aws_appsync_api_cache" "fail" {
  ttl = 900
}

resource "aws_appsync_api_cache" "pass" {
  transit_encryption_enabled = true
}
