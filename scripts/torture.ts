/**
 * Kills the shipper with SIGKILL at random points over a backlog, restarts it each time, and compares the ids that
 * the API served with the ids in the output: `npm run torture -- --kills 100`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { fileDestination } from '../test/helpers/file-destination.ts';
import { killAndRestart } from '../test/helpers/kill-and-restart.ts';

const options = new Command('torture')
  .option('--kills <number>', 'how often', Number, 100)
  .option('--events <number>', 'size of the backlog', Number, 20_000)
  .option('--page-size <number>', 'events per page', Number, 50)
  .option('--seed <number>', 'other events and other points', Number, 1)
  .option('--rotate-at <size>', 'rotate the output, for instance 5MB')
  .addOption(new Option('--terminal-page <style>').choices(['cursor', 'null', 'absent']).default('cursor'))
  .parse()
  .opts();

const folder = mkdtempSync(join(tmpdir(), 'atlassian-shipper-torture-'));
try {
  const result = await killAndRestart({
    folder,
    destination: fileDestination(folder, { rotateAt: options['rotateAt'] }),
    kills: options['kills'],
    events: options['events'],
    pageSize: options['pageSize'],
    seed: options['seed'],
    cloud: { terminalPage: options['terminalPage'] },
    onKill: (kill, written) => process.stderr.write(`\rkill ${kill}, about ${Math.round(written)} events written   `),
  });
  const { kills, runs, served, written, missing, twice, unknown, lastRun } = result;
  console.log(
    `\n${kills} kills, ${runs} runs: ${served} events served, ${written} documents written, ${missing.length} missing, ${twice.length} twice, ${unknown.length} unknown`,
  );
  const ok = missing.length + twice.length + unknown.length === 0 && lastRun.code === 0 && kills === options['kills'];
  if (!ok) console.log(lastRun.stderr);
  process.exitCode = ok ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
