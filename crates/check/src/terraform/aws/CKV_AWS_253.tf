resource "aws_dlm_lifecycle_policy" "fail" {
  description = "copies of snapshots"
  state       = "ENABLED"

  policy_details {
    policy_type = "EVENT_BASED_POLICY"

    action {
      name = "copy"
      cross_region_copy {
        target = "eu-west-1"
        encryption_configuration {
          encrypted = false
        }
      }
    }
  }
}

resource "aws_dlm_lifecycle_policy" "pass" {
  description = "copies of snapshots"
  state       = "ENABLED"

  policy_details {
    policy_type = "EVENT_BASED_POLICY"

    action {
      name = "copy"
      cross_region_copy {
        target = "eu-west-1"
        encryption_configuration {
          encrypted = true
        }
      }
    }
  }
}
