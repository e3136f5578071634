resource "aws_s3_bucket_ownership_controls" "fail" {
  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket_ownership_controls" "pass" {
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
