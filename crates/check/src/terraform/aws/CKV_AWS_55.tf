resource "aws_s3_bucket_public_access_block" "fail" {
  bucket = "agents"
}

resource "aws_s3_bucket_public_access_block" "pass" {
  bucket             = "agents"
  ignore_public_acls = true
}
