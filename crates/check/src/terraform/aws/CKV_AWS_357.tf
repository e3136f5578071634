resource "aws_transfer_server" "fail" {
  protocols = ["FTP"]
}

resource "aws_transfer_server" "pass" {
  protocols = ["SFTP"]
}
