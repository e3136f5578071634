resource "aws_kms_key" "fail" {
}

resource "aws_kms_key" "pass" {
}

resource "aws_kms_key_policy" "pass" {
  key_id = aws_kms_key.pass.id
}
