resource "aws_datasync_location_object_storage" "fail" {
  secret_key = "example"
}

resource "aws_datasync_location_object_storage" "pass" {
  server_hostname = "storage.example.com"
}
