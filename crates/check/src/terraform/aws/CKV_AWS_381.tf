resource "aws_codegurureviewer_repository_association" "fail" {
  kms_key_details {
    encryption_option = "AWS_OWNED_CMK"
  }
}

resource "aws_codegurureviewer_repository_association" "pass" {
  kms_key_details {
    encryption_option = "CUSTOMER_MANAGED_CMK"
    kms_key_id        = "alias/reviews"
  }
}
