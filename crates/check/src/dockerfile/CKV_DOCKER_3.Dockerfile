# fail
FROM python:3.13-slim@sha256:0b8f9dfb4a9f4a4f3b8d6a1a3a3b6d0a1f5e7c9d2b4a6c8e0f1a2b3c4d5e6f70
COPY server.py /app/
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim@sha256:0b8f9dfb4a9f4a4f3b8d6a1a3a3b6d0a1f5e7c9d2b4a6c8e0f1a2b3c4d5e6f70
COPY server.py /app/
HEALTHCHECK CMD ["python", "/app/health.py"]
USER 10001
CMD ["python", "/app/server.py"]
