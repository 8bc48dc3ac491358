import { ecsFormat } from '@elastic/ecs-pino-format';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { Log, LogFields } from '../core/log.ts';

export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly format: 'ecs' | 'pretty';
  readonly version: string;
}

const STDERR = 2;

/** Writes to standard error, at once: standard output is for data, and a line must survive the crash it explains. */
export async function createLogger(options: LoggerOptions): Promise<Log> {
  const destination = pino.destination({ fd: STDERR, sync: true });
  // A log line that can't be written, on a full disk for instance, must not end the shipping.
  destination.on('error', () => {});
  return options.format === 'ecs' ? ecsLog(options, destination) : prettyLog(options, destination);
}

/** ECS JSON: https://www.elastic.co/docs/reference/ecs/logging. Our fields are `labels`, which ECS leaves to everyone. */
export function ecsLog({ level, version }: LoggerOptions, destination: DestinationStream): Log {
  const format = ecsFormat({ serviceName: 'atlassian-shipper', serviceVersion: version, apmIntegration: false });
  return adapt(pino({ ...format, level }, destination), (fields) => ({ labels: fields }));
}

async function prettyLog({ level }: LoggerOptions, destination: pino.DestinationStream): Promise<Log> {
  const { prettyFactory } = await import('pino-pretty');
  const format = prettyFactory({
    colorize: process.stderr.isTTY && process.stderr.hasColors(),
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
  });
  return adapt(pino({ level }, { write: (line: string) => destination.write(format(line)) }), (fields) => fields);
}

function adapt(logger: Logger, shape: (fields: LogFields) => object): Log {
  return {
    debug: (message, fields = {}) => logger.debug(shape(fields), message),
    info: (message, fields = {}) => logger.info(shape(fields), message),
    warn: (message, fields = {}) => logger.warn(shape(fields), message),
    error: (message, fields = {}) => logger.error(shape(fields), message),
  };
}
