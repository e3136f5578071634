resource "aws_lambda_function" "fail" {
  function_name = "f"
}

resource "aws_lambda_function" "fail_none" {
  reserved_concurrent_executions = -1
}

resource "aws_lambda_function" "pass" {
  reserved_concurrent_executions = 50
}
