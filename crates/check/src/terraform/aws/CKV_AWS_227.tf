resource "aws_kms_key" "fail" {
  is_enabled = false
}

resource "aws_kms_key" "pass" {
  description = "storage"
}
