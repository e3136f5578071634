FROM python:3.13-slim
COPY agent.py /app/
HEALTHCHECK CMD ["python", "/app/health.py"]
CMD ["python", "/app/agent.py"]
