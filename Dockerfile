# The bot as a container: `docker build -t forthright .`, then
#
#   docker run --init --read-only --cap-drop ALL --security-opt no-new-privileges --env-file .env \
#     -v forthright-data:/app/data -v forthright-keys:/app/keys -v "$PWD/directory.json:/app/directory.json:ro" -p 3978:3978 forthright
#
# Data and keys are two volumes, so that a backup of the one does not hold the other. They lie where .env.example has them.
# It has been built by no Docker yet: test/container/ takes the same steps without one.

# By its digest, so that the same image is built tomorrow. To renew it:
# docker buildx imagetools inspect node:24-bookworm-slim --format '{{.Manifest.Digest}}'
ARG NODE_IMAGE=node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d

# The desk, bundled by the packages of development, which go no further.
FROM ${NODE_IMAGE} AS desk
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY cards cards
COPY tab tab
RUN node tab/build.mjs

# The image brings Node, so the one that comes as an optional package stays out.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
RUN install --directory --owner=node --group=node --mode=700 data keys
COPY --from=packages /app/node_modules node_modules
COPY --from=desk /app/dist/tab dist/tab
COPY package.json LICENSE ./
COPY tab tab
COPY cards cards
COPY infra infra
COPY bot bot
USER node
VOLUME ["/app/data", "/app/keys"]
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--disable-warning=ExperimentalWarning", "bot/start.mjs"]
