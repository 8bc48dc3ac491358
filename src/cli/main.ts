#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { boundMemory } from '../runtime/bound-memory.ts';
import { readVersion } from '../runtime/version.ts';
import { describeError, EXIT, EXIT_CODE_HELP, exitCodeFor } from './exit-codes.ts';

/**
 * Commands are described here and implemented in `commands/`, each imported when it is called: `--help` and the
 * commands that need no pipeline start without loading it.
 */
function createProgram(): Command {
  const program = new Command('atlassian-shipper')
    .description('Ships the audit log of Atlassian Cloud organizations as ECS documents: every event, once.')
    .version(readVersion())
    .exitOverride()
    .showHelpAfterError('(add --help for the options)')
    .addHelpText('after', EXIT_CODE_HELP);

  configured(program.command('run'))
    .description('ship until stopped')
    .option('--once', 'end when every source has caught up')
    .addHelpText('after', examples('run', 'run --once', 'run --config /etc/atlassian-shipper.yaml --log-format ecs'))
    .action(async (options) => {
      boundMemory();
      await finish((await import('./commands/run.ts')).run(options));
    });

  configured(program.command('check'))
    .description('test every source and exporter by its real operation')
    .addHelpText('after', examples('check', 'check --config shipper.yaml'))
    .action(async (options) => finish((await import('./commands/check.ts')).check(options)));

  configured(program.command('healthcheck'))
    .description('ask a running shipper whether it is alive; for HEALTHCHECK of a container')
    .addHelpText('after', examples('healthcheck'))
    .action(async (options) => finish((await import('./commands/healthcheck.ts')).healthcheck(options)));

  configured(program.command('setup'))
    .description(
      'install or update index templates and the ingest pipeline in Elasticsearch, or with --kibana-url dashboards and rules in Kibana; again as often as you like',
    )
    .option('--dry-run', 'show what would be created, and as a diff what would be updated; change nothing')
    .option(
      '--take-over',
      "also roll over data streams that another template made, such as that of Elastic's integration; in Kibana overwrite also what somebody has changed",
    )
    .option('--uninstall', 'take away what is installed; documents stay, and what they still need')
    .option(
      '--privileges',
      'print the privileges for shipping and for setting up, and the requests that make such API keys',
    )
    .option('--assets <folder>', 'another folder with mappings/ and pipelines/, and for Kibana kibana/')
    .option(
      '--kibana-url <url>',
      'set up this Kibana instead: KIBANA_API_KEY[_FILE], or KIBANA_USERNAME and KIBANA_PASSWORD[_FILE], open it',
    )
    .option('--kibana-space <id>', 'space to install into; default: the default one')
    .addHelpText(
      'after',
      examples(
        'setup --dry-run',
        'setup',
        'setup --privileges',
        'setup --config shipper.yaml',
        'setup --kibana-url https://kibana.example:5601 --dry-run',
      ),
    )
    .action(async (options) => finish((await import('./commands/setup.ts')).setup(options)));

  program
    .command('demo')
    .description('ship 5,000 events of a simulated organization to a file, and show what is in it')
    .option('--dir <folder>', 'where to put the documents', 'demo-output')
    .option('--events <number>', 'how many events', wholeNumber, 5_000)
    .option('--seed <number>', 'another seed, another organization', wholeNumber, 1)
    .addHelpText('after', examples('demo', 'demo --events 20000 --seed 7'))
    .action(async (options) => finish((await import('./commands/demo.ts')).demo(options)));

  program
    .command('transform')
    .description(
      'raw events on standard input (an event or a page of the API a line) to ECS documents on standard output',
    )
    .option(
      '--config <file>',
      'make documents as this configuration does; of the other options only --org-id counts then',
    )
    .option('--org-id <id>', 'organization id to put into the documents (ATLASSIAN_ORG_ID)')
    .option('--namespace <name>', 'namespace of the data stream (default)')
    .option(
      '--geoip-city <file>',
      'database of places (GEOIP_CITY_DATABASE)',
      process.env['GEOIP_CITY_DATABASE'] || undefined,
    )
    .option(
      '--geoip-asn <file>',
      'database of networks (GEOIP_ASN_DATABASE)',
      process.env['GEOIP_ASN_DATABASE'] || undefined,
    )
    .addHelpText(
      'after',
      examples('transform < events.ndjson > documents.ndjson', 'transform --config shipper.yaml < events.ndjson'),
    )
    .action(async (options) => finish((await import('./commands/transform.ts')).transform(options)));

  program
    .command('simulate')
    .description('an Atlassian Cloud that answers on loopback, until stopped')
    .option('--host <address>', 'address to listen on; 0.0.0.0 is every one, for containers', '127.0.0.1')
    .option('--port <number>', 'port there; 0 takes a free one', portNumber, 8_080)
    .option('--events <number>', 'how many events there are from the start', wholeNumber, 5_000)
    .option('--live <number>', 'how many events a second come in', positiveNumber, 0)
    .option('--seed <number>', 'the same seed gives the same events', wholeNumber, 1)
    .option('--bad-events <number>', 'how many of the events are unusable', wholeNumber, 0)
    .addOption(
      new Option('--terminal-page <style>', 'what follows the last event')
        .choices(['cursor', 'null', 'absent'])
        .default('cursor'),
    )
    .option('--faults <probability>', 'part of the requests that fail, 0 to 1, in every known way', probability, 0)
    .option('--requests-per-minute <number>', 'rate limit; 0 is none', wholeNumber, 50)
    .addHelpText('after', examples('simulate --events 100000 --live 5', 'simulate --faults 0.1 --terminal-page null'))
    .action(async (options) => finish((await import('./commands/simulate.ts')).simulate(options)));

  addConfigCommands(program.command('config').description('look at the configuration'));
  addStateCommands(program.command('state').description('look at or forget the stored positions'));
  addDeadLetterCommands(program.command('dead-letter').description('events that could not be delivered'));
  return program;
}

function addConfigCommands(config: Command): void {
  configured(config.command('validate'))
    .description('list everything that is wrong with it')
    .addHelpText('after', examples('config validate --config shipper.yaml'))
    .action(async (options) => finish((await import('./commands/config.ts')).validateConfig(options)));
  configured(config.command('print'))
    .description('print it with all defaults, without secrets')
    .addHelpText('after', examples('config print', 'config print --config shipper.yaml'))
    .action(async (options) => finish((await import('./commands/config.ts')).printConfig(options)));
  config
    .command('schema')
    .description('print its JSON Schema')
    .addHelpText('after', examples('config schema > shipper.schema.json'))
    .action(async () => finish((await import('./commands/config.ts')).printSchema()));
}

function addStateCommands(state: Command): void {
  stateful(state.command('show'))
    .description('positions, ledger and dead letters; works beside a running shipper')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('state show', 'state show --state-dir /var/lib/atlassian-shipper --json'))
    .action(async (options) => finish((await import('./commands/state.ts')).showState(options)));
  stateful(state.command('reset'))
    .description('forget a position and its ledger: the source starts again from its look-back')
    .option('--source <name>', 'only this source')
    .option('--yes', 'do it')
    .addHelpText('after', examples('state reset --source organization_audit:<org id> --yes'))
    .action(async (options) => finish((await import('./commands/state.ts')).resetState(options)));
}

function addDeadLetterCommands(deadLetter: Command): void {
  stateful(deadLetter.command('list'))
    .description('what could not be delivered, and why; works beside a running shipper')
    .option('--limit <number>', 'at most so many', wholeNumber, 50)
    .option('--after <number>', 'only entries after this one', wholeNumber, 0)
    .option('--json', 'one JSON object a line, with the raw event')
    .addHelpText('after', examples('dead-letter list', 'dead-letter list --json --limit 1000 > letters.ndjson'))
    .action(async (options) => finish((await import('./commands/dead-letter.ts')).listDeadLetters(options)));
  configured(deadLetter.command('retry'))
    .description('try again; a running shipper picks it up, otherwise this command ships them itself')
    .argument('[numbers...]', 'numbers of entries')
    .option('--all', 'all of them')
    .addHelpText('after', examples('dead-letter retry 3 4', 'dead-letter retry --all'))
    .action(async (numbers, options) =>
      finish(
        (await import('./commands/dead-letter.ts')).retryDeadLetters({ ...options, numbers: numbers.map(wholeNumber) }),
      ),
    );
}

function configured(command: Command): Command {
  return command
    .option('--config <file>', 'YAML file; without it the environment describes one organization')
    .addOption(new Option('--log-format <format>', "of the shipper's own log").choices(['ecs', 'pretty']));
}

function stateful(command: Command): Command {
  return configured(command).option('--state-dir <folder>', 'state folder; default: the configured one, else ./state');
}

function examples(...lines: readonly string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  $ atlassian-shipper ${line}`)].join('\n');
}

function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return Number(text);
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('A port number is at most 65535.');
  return port;
}

function positiveNumber(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new InvalidArgumentError('A number is needed.');
  return Number(text);
}

function probability(text: string): number {
  const value = positiveNumber(text);
  if (value > 1) throw new InvalidArgumentError('A number from 0 to 1 is needed.');
  return value;
}

/** The exit code is set, not forced: what is still being written gets written. */
async function finish(work: Promise<number>): Promise<void> {
  process.exitCode = await work;
}

/** Whoever read our output has gone (`| head`): end as if asked to where there is something to put in order, else at once. */
function endWithoutReader(): void {
  let told = false;
  process.stdout.on('error', () => {
    if (process.listenerCount('SIGTERM') === 0) process.exit(EXIT.ok);
    if (!told) process.kill(process.pid, 'SIGTERM');
    told = true;
  });
}

endWithoutReader();
try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = exitCodeFor(error);
  }
}
