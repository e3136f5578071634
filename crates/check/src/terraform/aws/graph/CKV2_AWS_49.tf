resource "aws_dms_endpoint" "fail" {
  endpoint_type = "source"
  engine_name   = "mysql"
  ssl_mode      = "none"
}

resource "aws_dms_endpoint" "pass" {
  endpoint_type = "source"
  engine_name   = "mysql"
  ssl_mode      = "verify-full"
}
