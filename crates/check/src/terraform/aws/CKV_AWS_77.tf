resource "aws_athena_database" "fail" {
  name = "reports"
}

resource "aws_athena_database" "pass" {
  encryption_configuration {
    encryption_option = "SSE_S3"
  }
}
