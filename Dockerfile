# The server as an image. It runs as nobody in particular, writes nothing but to DATA_DIR, and with a DATABASE_URL nothing
# at all, so that its file system may be read-only.
FROM node:26-slim
WORKDIR /hotline

COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force

COPY tsconfig.json ./
COPY callflows callflows
COPY prompts prompts
COPY src src
# Ahead of time, since nothing can be written here at start.
RUN npm run build

RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=15400 DATA_DIR=/data
VOLUME /data
EXPOSE 15400

HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --start-interval=1s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# Node itself and not npm, so that SIGTERM reaches the server.
CMD ["node", "src/main.ts"]
