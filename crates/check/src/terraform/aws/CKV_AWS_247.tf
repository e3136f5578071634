resource "aws_opensearch_domain" "fail" {
  encrypt_at_rest {
    enabled = true
  }
}

resource "aws_opensearch_domain" "pass" {
  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.data.arn
  }
}

resource "aws_kms_key" "data" {}
