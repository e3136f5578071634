resource "aws_dlm_lifecycle_policy" "fail" {
  description = "snapshots"
  state       = "ENABLED"

  policy_details {
    resource_types = ["VOLUME"]

    schedule {
      name = "daily"
      cross_region_copy_rule {
        target = "eu-west-1"
        encrypted = false
      }
    }
  }
}

resource "aws_dlm_lifecycle_policy" "pass" {
  description = "snapshots"
  state       = "ENABLED"

  policy_details {
    resource_types = ["VOLUME"]

    schedule {
      name = "daily"
      cross_region_copy_rule {
        target = "eu-west-1"
        encrypted = true
      }
    }
  }
}
