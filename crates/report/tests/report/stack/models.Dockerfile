# checkov:skip=CKV_DOCKER_2:Kubernetes has probes of its own | and ignores it
FROM python:3.13-slim
USER 10001
