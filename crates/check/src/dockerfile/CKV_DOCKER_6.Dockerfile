# fail
FROM python:3.13-slim
MAINTAINER platform@example.com
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
LABEL org.opencontainers.image.authors="platform@example.com"
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
