resource "aws_s3_bucket_lifecycle_configuration" "fail" {
  bucket = "uploads"

  rule {
    id     = "uploads"
    status = "Enabled"

    filter {
      prefix = "tmp/"
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "pass" {
  bucket = "uploads"

  rule {
    id     = "uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
