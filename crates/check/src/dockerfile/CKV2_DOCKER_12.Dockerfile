# fail
FROM python:3.13-slim
ENV NPM_CONFIG_STRICT_SSL=false
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
ENV NPM_CONFIG_STRICT_SSL=true
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
