# fail
FROM python:3.13-slim
ENV GIT_SSL_NO_VERIFY=1
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
ENV GIT_SSL_CAINFO=/usr/local/share/ca-certificates/example.crt
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
