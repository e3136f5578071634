resource "aws_lambda_function" "fail" {
  function_name = "fail"
}

resource "aws_lambda_function_url" "fail" {
  function_name = aws_lambda_function.fail.arn
  cors {
    allow_origins = ["*"]
    allow_methods = ["*"]
  }
}

resource "aws_lambda_function" "pass" {
  function_name = "pass"
}

resource "aws_lambda_function_url" "pass" {
  function_name = aws_lambda_function.pass.arn
  cors {
    allow_origins = ["https://app.example.com"]
    allow_methods = ["*"]
  }
}
