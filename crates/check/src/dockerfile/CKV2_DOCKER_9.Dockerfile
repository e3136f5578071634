# fail
FROM python:3.13-slim
RUN dnf install --assumeyes --nogpgcheck tool
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
RUN dnf install --assumeyes tool
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
