resource "aws_config_configuration_aggregator" "fail" {
  account_aggregation_source {
    regions = ["eu-west-1"]
  }
}

resource "aws_config_configuration_aggregator" "pass" {
  account_aggregation_source {
    all_regions = true
  }
}
