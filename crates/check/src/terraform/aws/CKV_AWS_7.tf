resource "aws_kms_key" "fail" {
  description = "storage"
}

resource "aws_kms_key" "pass" {
  description         = "storage"
  enable_key_rotation = true
}

resource "aws_kms_key" "pass_asymmetric" {
  customer_master_key_spec = "RSA_2048"
}
