# Debian's Python is 3.11, Node's image brings Node 20.
FROM node:20-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends make python3 python3-venv chromium \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/jalon
COPY . .
RUN make install
