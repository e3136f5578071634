resource "aws_connect_instance_storage_config" "fail" {
  resource_type = "MEDIA_STREAMS"
}

resource "aws_connect_instance_storage_config" "pass" {
  storage_config {
    kinesis_video_stream_config {
      encryption_config {
        key_id = aws_kms_key.data.arn
      }
    }
  }
}

resource "aws_kms_key" "data" {}
