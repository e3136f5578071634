resource "aws_emr_cluster" "fail" {
  kerberos_attributes {
    kdc_admin_password = "example"
  }
}

resource "aws_emr_cluster" "pass" {
  kerberos_attributes {
    realm = "EC2.INTERNAL"
  }
}
