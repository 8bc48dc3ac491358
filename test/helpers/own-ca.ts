import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A CA that only the tests know, and what it has signed for a server on loopback. All in PEM. */
export interface OwnCa {
  readonly kind: 'ca';
  readonly caFile: string;
  /** SHA-256, in hexadecimal with colons, as Elastic's clients want it. */
  readonly fingerprint: string;
  readonly key: string;
  /** With the CA behind it: clients that know only its fingerprint have to see it. */
  readonly chain: string;
}

const CONFIG = `
[req]
distinguished_name = name
prompt = no
[name]
CN = atlassian-shipper tests
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
subjectAltName = IP:127.0.0.1, DNS:localhost
`;

/** By the command `openssl`: Node makes keys, but no certificates. */
export function makeOwnCa(parentFolder: string): OwnCa {
  const folder = mkdtempSync(join(parentFolder, 'ca-'));
  writeFileSync(join(folder, 'config'), CONFIG);
  certify(folder, 'ca', ['-subj', '/CN=atlassian-shipper test CA']);
  certify(folder, 'server', ['-subj', '/CN=127.0.0.1', '-CA', 'ca.crt', '-CAkey', 'ca.key']);
  const pem = (name: string) => readFileSync(join(folder, name), 'utf8');
  return {
    kind: 'ca',
    caFile: join(folder, 'ca.crt'),
    fingerprint: new X509Certificate(pem('ca.crt')).fingerprint256,
    key: pem('server.key'),
    chain: pem('server.crt') + pem('ca.crt'),
  };
}

function certify(cwd: string, name: 'ca' | 'server', more: readonly string[]): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
  const certificate = ['-x509', '-days', '2', '-config', 'config', '-extensions', name, '-out', `${name}.crt`];
  execFileSync('openssl', ['req', ...key, ...certificate, ...more], { cwd, stdio: 'pipe' });
}
