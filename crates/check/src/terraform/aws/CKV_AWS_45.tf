resource "aws_lambda_function" "fail" {
  function_name = "thumbnails"
  role          = "arn:aws:iam::111122223333:role/thumbnails"

  environment {
    variables = {
      ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE"
    }
  }
}

resource "aws_lambda_function" "pass" {
  function_name = "thumbnails"
  role          = "arn:aws:iam::111122223333:role/thumbnails"

  environment {
    variables = {
      BUCKET = "thumbnails"
    }
  }
}
