resource "aws_mwaa_environment" "fail" {
  name = "flows"
}

resource "aws_mwaa_environment" "pass" {
  logging_configuration {
    webserver_logs {
      enabled = true
    }
  }
}
