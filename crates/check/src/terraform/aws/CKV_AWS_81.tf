resource "aws_msk_cluster" "fail" {
  cluster_name = "events"
}

resource "aws_msk_cluster" "fail_both" {
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT"
    }
  }
}

resource "aws_msk_cluster" "pass" {
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
    }
  }
}
