resource "aws_redshift_cluster" "fail" {
  master_username = "awsuser"
}

resource "aws_redshift_cluster" "pass" {
  master_username = "reporter"
}

resource "aws_redshift_cluster" "pass_private" {
  master_username     = "awsuser"
  publicly_accessible = false
}
