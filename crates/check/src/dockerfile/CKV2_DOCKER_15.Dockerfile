# fail
FROM python:3.13-slim
RUN dnf config-manager --save --setopt=sslverify=false
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
RUN dnf config-manager --save --setopt=sslverify=true
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
