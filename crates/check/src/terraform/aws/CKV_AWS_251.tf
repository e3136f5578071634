resource "aws_cloudtrail" "fail" {
  name           = "all"
  enable_logging = false
}

resource "aws_cloudtrail" "pass" {
  name = "all"
}
