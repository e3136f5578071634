resource "aws_db_instance" "fail" {
  performance_insights_enabled = true
}

resource "aws_db_instance" "pass" {
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.data.arn
}

resource "aws_db_instance" "pass_off" {
  engine = "postgres"
}

resource "aws_kms_key" "data" {}
