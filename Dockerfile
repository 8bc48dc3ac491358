# The image of the shipper. Builds with BuildKit and with Docker's classic builder.

# Production packages, less what nobody reads at run time.
FROM node:24-bookworm-slim AS packages
WORKDIR /build/atlassian-shipper
COPY package.json package-lock.json ./
# No package gets to run code of its own here.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --no-update-notifier
# The bill of materials. Told to omit development packages, npm would also leave out what both kinds use, such as undici.
RUN npm pkg delete devDependencies && npm sbom --sbom-format=cyclonedx >sbom.cdx.json
# Source maps, sources and declarations of TypeScript, guides (licences stay), tests, and what @opentelemetry has for browsers.
RUN find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.tsbuildinfo' \) -delete \
 && find node_modules -type f -name '*.md' ! -iname 'licen[sc]e*' ! -iname 'notice*' -delete \
 && find node_modules -type d \( -name test -o -name tests -o -path '*/@opentelemetry/*/build/esm' \
      -o -path '*/@opentelemetry/*/build/esnext' \) -prune -exec rm -r {} + \
 && find node_modules -type d -empty -delete

# What the sources make. Development packages stay in here.
FROM node:24-bookworm-slim AS build
WORKDIR /build/atlassian-shipper
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier
COPY . .
# Behind what there is: among the packages is one named node, which is of no use without its own script.
RUN PATH=$PATH:/build/atlassian-shipper/node_modules/.bin node scripts/build.ts \
 && find dist -name '*.d.ts' -delete

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="atlassian-shipper" \
      org.opencontainers.image.description="Ships Atlassian Cloud audit events as ECS documents: every event, once." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"
WORKDIR /opt/atlassian-shipper
COPY LICENSE package.json ./
COPY --from=packages /build/atlassian-shipper/sbom.cdx.json ./
COPY --from=packages /build/atlassian-shipper/node_modules node_modules
COPY mappings mappings
COPY pipelines pipelines
COPY kibana kibana
COPY --from=build /build/atlassian-shipper/dist dist
# The only folder that is written to. Numbers, so that Kubernetes can tell that it is not root.
RUN mkdir -m 0700 /var/lib/atlassian-shipper && chown 10001:10001 /var/lib/atlassian-shipper \
 && ln -s /opt/atlassian-shipper/dist/cli/main.js /usr/local/bin/atlassian-shipper
USER 10001:10001
ENV NODE_ENV=production SHIPPER_STATE_DIR=/var/lib/atlassian-shipper
VOLUME /var/lib/atlassian-shipper
EXPOSE 9464
# It works at all, as this user and with what was left of the packages.
RUN atlassian-shipper --version
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 \
  CMD ["node", "/opt/atlassian-shipper/dist/cli/main.js", "healthcheck"]
# Without a shell in between: SIGTERM reaches the shipper.
ENTRYPOINT ["node", "/opt/atlassian-shipper/dist/cli/main.js"]
CMD ["run"]
