resource "aws_ecr_repository_policy" "fail" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ecr:*", Resource = "*", Principal = "*" }]
  })
}

resource "aws_ecr_repository_policy" "pass" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ecr:BatchGetImage", Resource = "*", Principal = { AWS = "arn:aws:iam::111122223333:role/reader" } }]
  })
}
