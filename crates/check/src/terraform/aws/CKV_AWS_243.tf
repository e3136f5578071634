resource "aws_mwaa_environment" "fail" {
  name = "flows"
}

resource "aws_mwaa_environment" "pass" {
  logging_configuration {
    worker_logs {
      enabled = true
    }
  }
}
