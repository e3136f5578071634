resource "aws_s3_bucket" "fail" {
  bucket = "fail"
}

resource "aws_s3_bucket" "pass" {
  bucket = "pass"
}

resource "aws_s3_bucket_notification" "pass" {
  bucket = aws_s3_bucket.pass.id
  eventbridge = true
}
