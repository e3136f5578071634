resource "aws_redshift_parameter_group" "fail" {
  name = "reports"
}

resource "aws_redshift_parameter_group" "pass" {
  parameter {
    name  = "require_ssl"
    value = "true"
  }
}
