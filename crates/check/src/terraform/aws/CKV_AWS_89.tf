resource "aws_dms_replication_instance" "fail" {
  publicly_accessible = true
}

resource "aws_dms_replication_instance" "pass" {
  replication_instance_id = "main"
}
