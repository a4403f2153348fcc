# The bot in a container. docs/beheer.md tells how it is built and run.

# The version of the development package `node`; test/infra/dockerfile.test.ts keeps them the same.
# A tag can move: for a build that can be repeated to the byte, put @sha256:… behind it.
ARG NODE=node:24.21.0-trixie-slim

FROM $NODE AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package that builds or runs it needs an install script.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY rolldown.config.ts ./
COPY cards cards
COPY src src
RUN ["npm", "run", "bundle"]

FROM $NODE
# A package that is bundled asks for a part of Node that is deprecated; Node says so of code outside node_modules only.
ENV NODE_ENV=production \
    NODE_OPTIONS=--disable-warning=DEP0040 \
    SQLITE_FILE=/data/klachten.db
# Only /data and /tmp are written to: the rest may be read-only. With Cosmos DB /data stays empty.
RUN install --directory --owner=node --group=node --mode=700 /data
WORKDIR /app
COPY package.json ./
COPY --from=build /app/dist dist
# What can't be bundled: the machine code that draws charts, and their font.
COPY --from=build /app/node_modules/@resvg node_modules/@resvg
COPY --from=build /app/node_modules/dejavu-fonts-ttf node_modules/dejavu-fonts-ttf
# The image's own account `node`, by number: some platforms take no other proof that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3978
# Alive, not ready: a restart does not bring a database back.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which would stand between the bot and SIGTERM. The bot needs up to 20 seconds to stop.
# The heap is collected before it grows for nothing, as with npm start: docs/performance.md.
CMD ["node", "--max-old-space-size=384", "--max-semi-space-size=32", "dist/main.js"]
