resource "aws_sns_topic_policy" "fail" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*", Principal = "*" }]
  })
}

resource "aws_sns_topic_policy" "pass" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*", Principal = { Service = "sns.amazonaws.com" } }]
  })
}
