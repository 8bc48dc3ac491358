const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The length of `5m`, and how far back `now-5m` looks. */
export function spanMs(text: string): number {
  const [, count = '', unit = ''] = /^(?:now-)?(\d+)([smhd])$/.exec(text) ?? [];
  const unitMs = UNITS[unit];
  if (unitMs === undefined) throw new RangeError(`${text} is no span of time`);
  return Number(count) * unitMs;
}
