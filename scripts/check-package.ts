/** Installs what `npm publish` would upload into an empty project, and uses it there: command, library, types. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const project = mkdtempSync(join(tmpdir(), 'atlassian-shipper-package-'));
const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: project, encoding: 'utf8' });
try {
  const [{ filename, files }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], { encoding: 'utf8' }),
  );
  const strays = files.filter(({ path }: { path: string }) => /^(src|test|bench|scripts)\//.test(path));
  if (strays.length > 0) throw new Error(`the package holds ${strays[0].path}`);

  if (!files.some(({ path }: { path: string }) => path === 'dist/page/index.html'))
    throw new Error('the package holds no status page');

  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'user', type: 'module', private: true }));
  run('npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--omit=dev', join(project, filename));

  const version = run(process.execPath, 'node_modules/atlassian-shipper/dist/cli/main.js', '--version').trim();
  writeFileSync(
    join(project, 'use.mjs'),
    `import { createShipper } from 'atlassian-shipper'; console.log(typeof createShipper);`,
  );
  const library = run(process.execPath, 'use.mjs').trim();
  if (library !== 'function') throw new Error('the library does not export createShipper');
  const demo = run(process.execPath, 'node_modules/atlassian-shipper/dist/cli/main.js', 'demo', '--events', '500');
  if (!demo.includes('Missing, written twice')) throw new Error(`the demo of the package said: ${demo}`);
  // Nobody is there to be set up, which is known only after what ships has been read.
  const nobody = 'http://127.0.0.1:1';
  for (const [server, more, env] of [
    ['Elasticsearch', [], { ELASTICSEARCH_URL: nobody }],
    ['Kibana', ['--kibana-url', nobody], { KIBANA_API_KEY: 'nobodys-key' }],
  ] as const) {
    const { stderr: setup } = spawnSync(
      process.execPath,
      ['node_modules/atlassian-shipper/dist/cli/main.js', 'setup', '--dry-run', ...more],
      { cwd: project, encoding: 'utf8', env: { ...process.env, ...env } },
    );
    if (!setup.includes(`No answer from ${server}`)) throw new Error(`setup of the package said: ${setup}`);
  }
  console.log(`package: ${version}, ${files.length} files, works when installed`);
} finally {
  rmSync(project, { recursive: true, force: true });
}
