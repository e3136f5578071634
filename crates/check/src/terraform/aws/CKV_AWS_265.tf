resource "aws_keyspaces_table" "fail" {
  keyspace_name = "shop"
  table_name    = "orders"

  encryption_specification {
    type = "AWS_OWNED_KMS_KEY"
  }
}

resource "aws_keyspaces_table" "pass" {
  keyspace_name = "shop"
  table_name    = "orders"

  encryption_specification {
    type               = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_identifier = "arn:aws:kms:eu-central-1:111122223333:alias/tables"
  }
}
