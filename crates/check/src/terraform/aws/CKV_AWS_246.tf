resource "aws_rds_cluster_activity_stream" "fail" {
  mode = "async"
}

resource "aws_rds_cluster_activity_stream" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
