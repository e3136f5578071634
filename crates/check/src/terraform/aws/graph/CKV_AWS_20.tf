resource "aws_s3_bucket" "fail" {
  bucket = "fail"
  acl    = "public-read"
}

resource "aws_s3_bucket" "pass" {
  bucket = "pass"
}

resource "aws_s3_bucket_acl" "pass" {
  bucket = aws_s3_bucket.pass.id
  acl = "private"
}
