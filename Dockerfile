# One image for every process: serve, work, poll, migrate. Nothing in it can be written, and nobody in it is root.
FROM python:3.13-slim AS build
COPY requirements.lock /
RUN python -m venv /opt/lotse \
    && /opt/lotse/bin/python -m pip install --no-cache-dir --require-hashes -r /requirements.lock

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home lotse
COPY --from=build /opt/lotse /opt/lotse
WORKDIR /app
COPY bot bot
COPY counties counties
COPY locales locales
ENV PATH=/opt/lotse/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
EXPOSE 8000
ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
