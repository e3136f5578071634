resource "aws_kinesis_stream" "fail" {
  name = "events"
}

resource "aws_kinesis_stream" "pass" {
  encryption_type = "KMS"
}
