resource "aws_lambda_function" "fail" {
  function_name = "f"
}

resource "aws_lambda_function" "pass" {
  tracing_config {
    mode = "Active"
  }
}
