resource "aws_iam_policy" "fail" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "dynamodb:PutItem"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "pass" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "dynamodb:PutItem"
      Resource = "arn:aws:dynamodb:eu-central-1:123456789012:table/orders"
    }]
  })
}
