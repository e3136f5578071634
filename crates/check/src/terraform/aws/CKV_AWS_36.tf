resource "aws_cloudtrail" "fail" {
  name = "all"
}

resource "aws_cloudtrail" "pass" {
  name                       = "all"
  enable_log_file_validation = true
}
