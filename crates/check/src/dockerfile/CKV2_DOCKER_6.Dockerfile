# fail
FROM python:3.13-slim
RUN NODE_TLS_REJECT_UNAUTHORIZED=0 npm ci
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
RUN NODE_TLS_REJECT_UNAUTHORIZED=1 npm ci
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
