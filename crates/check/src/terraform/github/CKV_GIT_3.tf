resource "github_repository" "fail" {
  visibility = "private"
}

resource "github_repository" "pass" {
  visibility           = "private"
  vulnerability_alerts = true
}
