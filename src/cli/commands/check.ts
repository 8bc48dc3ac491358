import { checkAll, type NamedCheck } from '../../app/check-all.ts';
import { createConfiguredParts } from '../../app/configured-parts.ts';
import { describeProblem } from '../../core/problem.ts';
import { listenForShutdown } from '../../runtime/shutdown.ts';
import { wantsOwnTelemetry } from '../../telemetry/own-telemetry.ts';
import type { ConfigArguments } from '../arguments.ts';
import { createContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';

export async function check(args: ConfigArguments): Promise<number> {
  const context = await createContext(args);
  // For the error alone, which `run` would meet.
  wantsOwnTelemetry(process.env);
  const parts = await createConfiguredParts(context);
  const shutdown = listenForShutdown();
  let ok = true;
  try {
    for await (const result of checkAll(parts, shutdown.stop)) {
      process.stdout.write(`${describe(result)}\n`);
      ok &&= result.outcome.kind === 'ok';
    }
    return ok ? EXIT.ok : EXIT.failed;
  } finally {
    for (const { source } of parts.routes) await source.close();
    for (const exporter of parts.exporters) await exporter.close();
    shutdown.release();
  }
}

function describe({ component, outcome, atMs }: NamedCheck): string {
  const at = new Date(atMs).toISOString();
  switch (outcome.kind) {
    case 'ok':
      return `${at}  ${component}: Connection successful. ${outcome.detail}`;
    case 'failed':
      return `${at}  ${component}: Connection failed. ${describeProblem(outcome.problem)}`;
  }
}
