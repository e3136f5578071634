resource "aws_mwaa_environment" "fail" {
  webserver_access_mode = "PUBLIC_ONLY"
}

resource "aws_mwaa_environment" "pass" {
  webserver_access_mode = "PRIVATE_ONLY"
}
