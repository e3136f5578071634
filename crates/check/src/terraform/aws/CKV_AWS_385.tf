resource "aws_sns_topic_policy" "fail" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*", Principal = { AWS = "arn:aws:iam::111122223333:role/reader" } }]
  })
}

resource "aws_sns_topic_policy" "pass" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*", Principal = { AWS = "arn:aws:iam::111122223333:role/reader" }, Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-exampleorg" } } }]
  })
}
