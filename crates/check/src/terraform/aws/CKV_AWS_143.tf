resource "aws_s3_bucket" "fail" {
  object_lock_configuration {
    object_lock_enabled = "Disabled"
  }
}

resource "aws_s3_bucket" "pass" {
  object_lock_configuration {
    object_lock_enabled = "Enabled"
  }
}

resource "aws_s3_bucket" "pass_none" {
  bucket = "agents"
}
