resource "aws_connect_instance_storage_config" "fail" {
  resource_type = "CALL_RECORDINGS"
}

resource "aws_connect_instance_storage_config" "pass" {
  storage_config {
    s3_config {
      encryption_config {
        key_id = aws_kms_key.data.arn
      }
    }
  }
}

resource "aws_kms_key" "data" {}
