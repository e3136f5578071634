resource "aws_s3_bucket_acl" "fail" {
  bucket = aws_s3_bucket.fail.id
  acl    = "public-read"
}

resource "aws_s3_bucket" "fail" {
  bucket_prefix = "downloads"
}

resource "aws_s3_bucket_policy" "fail" {
  bucket = aws_s3_bucket.fail.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:*"
      Principal = "*"
      Resource  = "arn:aws:s3:::downloads/*"
    }]
  })
}

resource "aws_s3_bucket_acl" "pass" {
  bucket = aws_s3_bucket.pass.id
  acl    = "public-read"
}

resource "aws_s3_bucket" "pass" {
  bucket_prefix = "downloads"
}

resource "aws_s3_bucket_policy" "pass" {
  bucket = aws_s3_bucket.pass.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = "arn:aws:s3:::downloads/*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
