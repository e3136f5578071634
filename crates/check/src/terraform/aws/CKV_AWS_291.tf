resource "aws_msk_cluster" "fail" {
  broker_node_group_info {
    connectivity_info {
      public_access {
        type = "SERVICE_PROVIDED_EIPS"
      }
    }
  }
}

resource "aws_msk_cluster" "pass" {
  cluster_name = "events"
}
