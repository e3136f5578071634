# fail
FROM python:3.13-slim
ENV PIP_TRUSTED_HOST=packages.example
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
ENV PIP_CERT=/usr/local/share/ca-certificates/example.crt
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
