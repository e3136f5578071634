resource "aws_glue_job" "fail" {
  name = "clean"
}

resource "aws_glue_job" "pass" {
  security_configuration = "all"
}
