resource "github_branch_protection" "fail" {
  pattern = "main"
  required_pull_request_reviews {
    required_approving_review_count = 1
  }
}

resource "github_branch_protection" "pass" {
  pattern = "main"
  required_pull_request_reviews {
    required_approving_review_count = 2
  }
}
