resource "aws_s3_bucket" "fail" {
  bucket = "fail"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "none" {
  bucket = aws_s3_bucket.fail.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "none"
    }
  }
}

resource "aws_s3_bucket" "pass" {
  bucket = "pass"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "pass" {
  bucket = aws_s3_bucket.pass.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}
