# fail
FROM python:3.13-slim
ENV PYTHONHTTPSVERIFY=0
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
ENV PYTHONHTTPSVERIFY=1
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
