import { type LensColumn, param } from '../../../test/kibana/lens-layer.ts';

/** A value as Kibana would show it, more or less. */
export function shown(value: string | number | null | undefined, column: LensColumn | undefined): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return value;
  if (column?.definition['dataType'] === 'date') return new Date(value).toISOString().slice(0, 16).replace('T', ' ');
  const format = column === undefined ? undefined : param(column, 'format', 'id');
  if (column !== undefined && format !== undefined) {
    const decimals = Number(param(column, 'format', 'params', 'decimals') ?? 0);
    const suffix = String(param(column, 'format', 'params', 'suffix') ?? '');
    return format === 'percent' ? `${(value * 100).toFixed(decimals)}%` : `${value.toFixed(decimals)}${suffix}`;
  }
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(2);
}
