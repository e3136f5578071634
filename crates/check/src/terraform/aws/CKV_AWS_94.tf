resource "aws_glue_data_catalog_encryption_settings" "fail" {
  catalog_id = "1"
}

resource "aws_glue_data_catalog_encryption_settings" "pass" {
  data_catalog_encryption_settings {
    encryption_at_rest {
      catalog_encryption_mode = "SSE-KMS"
      sse_aws_kms_key_id      = aws_kms_key.data.arn
    }
    connection_password_encryption {
      return_connection_password_encrypted = true
      aws_kms_key_id                       = aws_kms_key.data.arn
    }
  }
}

resource "aws_kms_key" "data" {}
