resource "aws_athena_workgroup" "fail" {
  name = "reports"
}

resource "aws_athena_workgroup" "pass" {
  configuration {
    result_configuration {
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
