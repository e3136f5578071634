resource "aws_msk_cluster" "fail" {
  cluster_name = "events"
}

resource "aws_msk_cluster" "pass" {
  logging_info {
    broker_logs {
      s3 {
        enabled = true
      }
    }
  }
}
