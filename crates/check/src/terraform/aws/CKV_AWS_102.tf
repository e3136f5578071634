resource "aws_neptune_cluster_instance" "fail" {
  publicly_accessible = true
}

resource "aws_neptune_cluster_instance" "pass" {
  instance_class = "db.r6g.large"
}
