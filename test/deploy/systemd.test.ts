import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { VARIABLES } from '../../src/config/environment.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const unit = readFileSync('deploy/systemd/atlassian-shipper.service', 'utf8');

test('the unit for systemd sets variables that the shipper knows, and does not restart what only a person can mend', () => {
  const known = VARIABLES.map(({ name }) => name);
  const set = [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap(([, pairs = '']) => pairs.split(' '));
  for (const pair of set) expect(known).toContain(pair.split('=')[0]);
  const credentials = [...unit.matchAll(/^LoadCredential=(\w+):/gm)].map(([, name = '']) => name);
  for (const name of credentials) expect(set).toContain(`${name.toUpperCase()}_FILE=%d/${name}`);
  expect(unit).toContain(`RestartPreventExitStatus=${EXIT.usage} ${EXIT.stateUnusable}\n`);
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(25);
});

// Where there is no systemd, as in most containers, nobody can ask it.
if (existsSync('/usr/bin/systemd-analyze'))
  test('systemd takes the unit as it is, and calls it well protected', () => {
    const file = join(tempFolder(), 'atlassian-shipper.service');
    // It looks for the program, too.
    writeFileSync(file, unit.replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true'));
    expect(execFileSync('systemd-analyze', ['verify', file], { encoding: 'utf8', stdio: 'pipe' })).toBe('');
    const verdict = execFileSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', file], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    expect(verdict).toMatch(/Overall exposure level for atlassian-shipper\.service: [01]\.\d OK/);
  });
