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
          encrypted = true
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
          cmk_arn   = "arn:aws:kms:eu-west-1:111122223333:alias/snapshots"
        }
      }
    }
  }
}
