resource "aws_s3_bucket" "fail" {
  bucket = "fail"
}

resource "aws_s3_bucket" "pass" {
  bucket = "pass"
}

resource "aws_s3_bucket_public_access_block" "pass" {
  bucket = aws_s3_bucket.pass.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
