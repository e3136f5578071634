resource "aws_dms_replication_instance" "fail" {
  replication_instance_id = "main"
}

resource "aws_dms_replication_instance" "pass" {
  auto_minor_version_upgrade = true
}
