resource "aws_cloudtrail" "fail" {
  name = "all"
}

resource "aws_cloudtrail" "pass" {
  name                  = "all"
  is_multi_region_trail = true
}
