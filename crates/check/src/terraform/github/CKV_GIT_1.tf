resource "github_repository" "fail" {
  visibility = "public"
}

resource "github_repository" "pass" {
  visibility = "private"
}
