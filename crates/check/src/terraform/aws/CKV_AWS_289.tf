resource "aws_iam_policy" "fail" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:PutBucketPolicy"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "pass" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:PutBucketPolicy"
      Resource = "arn:aws:s3:::reports"
    }]
  })
}
