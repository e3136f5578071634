resource "aws_glacier_vault" "fail" {
  name = "archive"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "glacier:InitiateJob"
      Resource  = "arn:aws:glacier:eu-central-1:111122223333:vaults/archive"
    }]
  })
}

resource "aws_glacier_vault" "pass" {
  name = "archive"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/archivist" }
      Action    = "glacier:InitiateJob"
      Resource  = "arn:aws:glacier:eu-central-1:111122223333:vaults/archive"
    }]
  })
}
