resource "aws_config_configuration_recorder" "main" {
  name = "main"
}

resource "aws_config_configuration_recorder" "other" {
  name = "other"
}

resource "aws_config_configuration_recorder_status" "fail" {
  name       = aws_config_configuration_recorder.other.id
  is_enabled = false
}

resource "aws_config_configuration_recorder_status" "pass" {
  name       = aws_config_configuration_recorder.main.id
  is_enabled = true
}
