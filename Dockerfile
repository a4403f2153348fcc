# The bot in a container. docs/beheer.md tells how it is built and run.

# The version of the development package `node`; test/infra/dockerfile.test.ts keeps them the same.
# A tag can move: for a build that can be repeated to the byte, put @sha256:… behind it.
ARG NODE=node:24.21.0-trixie-slim

FROM $NODE AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package that runs here needs an install script. Declarations and source maps are a third of it, and nothing reads them.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM $NODE
ENV NODE_ENV=production \
    SQLITE_FILE=/data/klachten.db
# Only /data and /tmp are written to: the rest may be read-only. With Cosmos DB /data stays empty.
RUN install --directory --owner=node --group=node --mode=700 /data /compiled
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY cards cards
COPY src src
# The image's own account `node`, by number: some platforms take no other proof that it is not root.
USER 1000:1000
# Compiled here, once, so that the bot starts in two thirds of the time. By the account that runs it: Node asks for that.
ENV NODE_COMPILE_CACHE=/compiled
RUN ["node", "-e", "for (const part of ['main.ts', 'bot/dialogs.ts', 'store/sqlite-store.ts', 'store/cosmos-store.ts', 'cards/render.ts']) import(`./src/${part}`); import('adaptivecards-templating')"]
VOLUME /data
EXPOSE 3978
# Alive, not ready: a restart does not bring a database back.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which would stand between the bot and SIGTERM. The bot needs up to 20 seconds to stop.
CMD ["node", "src/main.ts"]
