import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { VARIABLES } from '../../src/config/environment.ts';
import { isJsonObject, type JsonObject, type JsonValue, memberOf, objectsIn } from '../../src/core/json.ts';
import { readVersion } from '../../src/runtime/version.ts';
import { DEFAULT_PORT } from '../../src/server/config.ts';
import { shippedConfig } from '../helpers/collector-configs.ts';
import { at } from '../helpers/commands.ts';

const objects = parseAllDocuments(readFileSync('deploy/kubernetes/shipper-with-collector.yaml', 'utf8'))
  .map((document): JsonValue => document.toJS())
  .filter(isJsonObject);
const deployment = theOne('Deployment');
const pod = at(deployment, 'spec', 'template', 'spec');
const shipper = containerNamed('containers', 'shipper');
const collector = containerNamed('initContainers', 'collector');

describe('the example for Kubernetes', () => {
  test('never has two shippers on one state, and gives them time to drain', () => {
    expect(deployment).toMatchObject({ spec: { replicas: 1, strategy: { type: 'Recreate' } } });
    expect(at(pod, 'terminationGracePeriodSeconds')).toBeGreaterThan(25);
  });

  test('runs everything without root, powers and a writable root', () => {
    expect(at(pod, 'securityContext')).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 10_001,
      fsGroup: 10_001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(at(pod, 'automountServiceAccountToken')).toBe(false);
    for (const container of [shipper, collector]) {
      expect(container['securityContext']).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container).toMatchObject({ resources: { requests: {}, limits: { memory: expect.any(String) } } });
    }
  });

  test('probes what the shipper answers without a token, where it listens', () => {
    const port = objectsIn(shipper['ports']).find(({ name }) => name === 'status');
    expect(port).toMatchObject({ containerPort: DEFAULT_PORT });
    expect(variablesOf(shipper).get('SHIPPER_SERVER_PORT')).toBe(String(DEFAULT_PORT));
    expect(variablesOf(shipper).get('SHIPPER_SERVER_HOST')).toBe('0.0.0.0');
    const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'].map((name) => at(shipper, name, 'httpGet'));
    expect(probes).toEqual(['/healthz', '/healthz', '/readyz'].map((path) => ({ path, port: 'status' })));
  });

  test('sets variables that the shipper knows, and ships to the Collector beside it', () => {
    const known = new Set(VARIABLES.map(({ name }) => name));
    expect([...variablesOf(shipper).keys()].filter((name) => !known.has(name))).toEqual([]);
    expect(variablesOf(shipper).get('OTEL_EXPORTER_OTLP_ENDPOINT')).toBe('http://localhost:4318');
    expect(shipper['image']).toBe(`registry.example/atlassian-shipper:${readVersion()}`);
  });

  test('has the configuration for a Collector that ships here, which knows the variables that it gets', () => {
    const text = String(at(theOne('ConfigMap'), 'data', 'config.yaml'));
    expect(parse(text)).toEqual(shippedConfig('sidecar-to-otlp'));
    for (const name of variablesOf(collector).keys()) expect(text).toContain(`\${env:${name}`);
  });

  test('mounts what there is', () => {
    const volumes = objectsIn(memberOf(pod, 'volumes'));
    const mounted = [shipper, collector].flatMap((container) => objectsIn(container['volumeMounts']));
    expect(mounted.map(({ name }) => name).sort()).toEqual(volumes.map(({ name }) => name).sort());
    const named = { claims: namesOf('PersistentVolumeClaim'), secrets: namesOf('Secret'), maps: namesOf('ConfigMap') };
    for (const volume of volumes) {
      const claim = at(volume, 'persistentVolumeClaim', 'claimName');
      if (claim !== undefined) expect(named.claims).toContain(claim);
      const secret = at(volume, 'secret', 'secretName');
      if (secret !== undefined) expect(named.secrets).toContain(secret);
      const map = at(volume, 'configMap', 'name');
      if (map !== undefined) expect(named.maps).toContain(map);
    }
    const files = volumes.flatMap((volume) => objectsIn(at(volume, 'secret', 'items')));
    const keys = Object.keys(JSON.parse(JSON.stringify(at(theOne('Secret'), 'stringData'))));
    for (const { key } of files) expect(keys).toContain(key);
    const paths = files.map(({ path }) => `/run/secrets/atlassian-shipper/${String(path)}`);
    for (const [name, value] of variablesOf(shipper)) if (name.endsWith('_FILE')) expect(paths).toContain(value);
  });
});

function theOne(kind: string): JsonObject {
  const [found, ...others] = objects.filter((object) => object['kind'] === kind);
  if (found === undefined || others.length > 0) throw new Error(`there is not one ${kind}`);
  return found;
}

function namesOf(kind: string): readonly (JsonValue | undefined)[] {
  return objects.filter((object) => object['kind'] === kind).map((object) => at(object, 'metadata', 'name'));
}

function containerNamed(list: string, name: string): JsonObject {
  const found = objectsIn(memberOf(pod, list)).find((container) => container['name'] === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

function variablesOf(container: JsonObject): ReadonlyMap<string, string> {
  return new Map(objectsIn(container['env']).map(({ name, value }) => [String(name), String(value)]));
}
