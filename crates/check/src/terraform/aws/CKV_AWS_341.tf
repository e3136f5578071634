resource "aws_launch_template" "fail" {
  metadata_options {
    http_put_response_hop_limit = 2
  }
}

resource "aws_launch_template" "pass" {
  metadata_options {
    http_put_response_hop_limit = 1
  }
}
