import { isSet, OTLP_VARIABLES } from '../config/otlp-environment.ts';

/**
 * Variables of the OTLP exporter that are set although a configuration file describes it: only the file counts then, which
 * surprises whoever knows the SDK.
 */
export function unreadVariables(env: NodeJS.ProcessEnv): string[] {
  return OTLP_VARIABLES.map(({ name }) => name).filter(
    (name) => name.startsWith('OTEL_EXPORTER_OTLP_') && isSet(env, name),
  );
}
