resource "aws_ses_configuration_set" "fail" {
  name = "news"
}

resource "aws_ses_configuration_set" "pass" {
  delivery_options {
    tls_policy = "Require"
  }
}
