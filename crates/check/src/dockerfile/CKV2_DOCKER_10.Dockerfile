# fail
FROM python:3.13-slim
RUN rpm --install --nosignature tool.rpm
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
RUN rpm --install tool.rpm
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
