import { listenForShutdown } from '../../runtime/shutdown.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { FAULT_KINDS } from '../../simulator/faults.ts';
import type { TerminalPage } from '../../simulator/options.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { EXIT } from '../exit-codes.ts';
import { grouped } from '../progress.ts';

export interface SimulateArguments {
  readonly host: string;
  readonly port: number;
  readonly events: number;
  readonly live: number;
  readonly seed: number;
  readonly badEvents: number;
  readonly terminalPage: TerminalPage;
  readonly faults: number;
  readonly requestsPerMinute: number;
}

const LOOPBACK = '127.0.0.1';

export async function simulate(args: SimulateArguments): Promise<number> {
  const { host, port, seed, badEvents, terminalPage, requestsPerMinute } = args;
  const shutdown = listenForShutdown();
  const simulator = await startSimulator({
    host,
    port,
    seed,
    badEvents,
    terminalPage,
    backlog: args.events,
    liveEventsPerSecond: args.live,
    requestsPerMinute: requestsPerMinute === 0 ? 'unlimited' : requestsPerMinute,
    ...(args.faults > 0 && { faults: { probability: args.faults, kinds: FAULT_KINDS, seed } }),
  });
  const opened = host === LOOPBACK ? '' : '  export ATLASSIAN_ALLOW_PLAIN_HTTP=true\n';
  const live = args.live > 0 ? `, ${args.live} a second to come` : '';
  process.stdout.write(
    `Simulated Atlassian Cloud: ${grouped(simulator.eventCount())} events${live}. Ctrl-C ends it. In another terminal:\n\n` +
      `  export ATLASSIAN_API_URL=${simulator.url}\n${opened}` +
      `  export ATLASSIAN_ORG_ID=${simulator.orgId}\n` +
      `  export ATLASSIAN_API_KEY=${simulator.apiKey.reveal()}\n` +
      '  export SHIPPER_FILE_PATH=audit.ndjson\n\n' +
      'For a Collector instead of a file: OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318\n',
  );
  try {
    await systemClock.sleep(Number.POSITIVE_INFINITY, shutdown.stop).catch(() => {});
    return EXIT.ok;
  } finally {
    await simulator.close();
    shutdown.release();
  }
}
