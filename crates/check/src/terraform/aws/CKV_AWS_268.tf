resource "aws_comprehend_entity_recognizer" "fail" {
  name = "names"
}

resource "aws_comprehend_entity_recognizer" "pass" {
  volume_kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
