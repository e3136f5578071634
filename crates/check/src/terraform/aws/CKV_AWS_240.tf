resource "aws_kinesis_firehose_delivery_stream" "fail" {
  name = "events"
}

resource "aws_kinesis_firehose_delivery_stream" "pass" {
  server_side_encryption {
    enabled = true
  }
}
