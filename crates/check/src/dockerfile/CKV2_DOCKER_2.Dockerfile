# fail
FROM python:3.13-slim
RUN curl -fsSLk -o /usr/local/bin/tool https://releases.example/tool
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]

# pass
FROM python:3.13-slim
RUN curl -fsSL -o /usr/local/bin/tool https://releases.example/tool
USER 10001
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/server.py"]
