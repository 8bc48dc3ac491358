/**
 * The shipper's own log, to standard error. Messages are fixed sentences, what varies goes into fields.
 * Nothing is logged per event above `debug`, and event contents never.
 */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;
