resource "aws_neptune_cluster" "fail" {
  engine = "neptune"
}

resource "aws_neptune_cluster" "pass" {
  deletion_protection = true
}
