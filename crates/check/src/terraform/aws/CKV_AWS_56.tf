resource "aws_s3_bucket_public_access_block" "fail" {
  bucket                  = "agents"
  restrict_public_buckets = false
}

resource "aws_s3_bucket_public_access_block" "pass" {
  bucket                  = "agents"
  restrict_public_buckets = true
}
