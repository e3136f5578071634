resource "github_repository" "fail" {
}

resource "github_repository" "pass" {
}

resource "github_branch_protection" "pass" {
  repository_id = github_repository.pass.node_id
}
