resource "github_branch_protection" "fail" {
  pattern = "main"
}

resource "github_branch_protection" "pass" {
  pattern                = "main"
  require_signed_commits = true
}
