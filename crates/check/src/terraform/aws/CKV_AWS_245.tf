resource "aws_db_instance_automated_backups_replication" "fail" {
  source_db_instance_arn = "arn:aws:rds:eu-west-1:111122223333:db:main"
}

resource "aws_db_instance_automated_backups_replication" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
