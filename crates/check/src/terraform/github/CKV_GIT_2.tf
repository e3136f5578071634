resource "github_repository_webhook" "fail" {
  configuration {
    url          = "https://ci.example.org/hook"
    insecure_ssl = true
  }
}

resource "github_repository_webhook" "pass" {
  configuration {
    url          = "https://ci.example.org/hook"
    insecure_ssl = false
  }
}
