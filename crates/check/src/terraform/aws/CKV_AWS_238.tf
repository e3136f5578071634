resource "aws_guardduty_detector" "fail" {
  enable = false
}

resource "aws_guardduty_detector" "pass" {
  finding_publishing_frequency = "ONE_HOUR"
}
