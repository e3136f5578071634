# fail
FROM python:3.13-slim
RUN apt-get install --yes --allow-unauthenticated tool
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
RUN apt-get install --yes tool
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
