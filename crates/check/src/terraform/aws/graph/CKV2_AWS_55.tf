resource "aws_emr_cluster" "fail" {
  release_label = "emr-7.0.0"
}

resource "aws_emr_cluster" "pass" {
  security_configuration = "encrypted"
}
