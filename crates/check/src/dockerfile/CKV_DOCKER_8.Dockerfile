# fail
FROM python:3.13-slim
USER 10001
COPY server.py /app/
USER root
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
USER root
COPY server.py /app/
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
