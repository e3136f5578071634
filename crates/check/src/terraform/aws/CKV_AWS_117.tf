resource "aws_lambda_function" "fail" {
  function_name = "f"
}

resource "aws_lambda_function" "pass" {
  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }
}
