resource "aws_guardduty_detector" "fail" {
  enable = true
}

resource "aws_guardduty_detector" "pass" {
  enable = true
}

resource "aws_guardduty_organization_configuration" "pass" {
  detector_id = aws_guardduty_detector.pass.id
  auto_enable_organization_members = "ALL"
}
