resource "aws_api_gateway_stage" "fail" {
  stage_name = "live"
}

resource "aws_api_gateway_stage" "pass" {
  cache_cluster_enabled = true
}
