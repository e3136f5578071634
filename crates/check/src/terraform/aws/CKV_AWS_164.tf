resource "aws_transfer_server" "fail" {
  protocols = ["SFTP"]
}

resource "aws_transfer_server" "pass" {
  endpoint_type = "VPC"
}
