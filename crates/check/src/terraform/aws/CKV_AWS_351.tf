resource "aws_emr_security_configuration" "fail" {
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableInTransitEncryption = false
    }
  })
}

resource "aws_emr_security_configuration" "pass" {
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableInTransitEncryption = true
    }
  })
}
