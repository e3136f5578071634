resource "aws_instance" "fail" {
  ami = "ami-1"
}

resource "aws_instance" "fail_optional" {
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_instance" "pass" {
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "pass_off" {
  metadata_options {
    http_endpoint = "disabled"
  }
}
