resource "aws_config_configuration_recorder" "fail" {
  recording_group {
    all_supported = true
  }
}

resource "aws_config_configuration_recorder" "pass" {
  recording_group {
    include_global_resource_types = true
  }
}
