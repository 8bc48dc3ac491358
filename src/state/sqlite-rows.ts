import type { SQLOutputValue } from 'node:sqlite';
import { type JsonValue, parseJson } from '../core/json.ts';
import { unusable } from './sqlite-errors.ts';

export type Row = Record<string, SQLOutputValue>;

/** Reads typed columns out of rows; a column of another type means that the file is not what we wrote. */
export function rowReader(path: string) {
  function text(row: Row, column: string): string {
    const value = row[column];
    if (typeof value !== 'string') throw unusable(path, `holds no text in column ${column}`);
    return value;
  }

  function integer(row: Row, column: string): number {
    const value = row[column];
    if (typeof value !== 'number') throw unusable(path, `holds no number in column ${column}`);
    return value;
  }

  function json(row: Row, column: string): JsonValue {
    try {
      return parseJson(text(row, column));
    } catch (error) {
      if (error instanceof SyntaxError) throw unusable(path, `holds broken JSON in column ${column}`, error);
      throw error;
    }
  }

  function keys(row: Row, column: string): string[] {
    const value = json(row, column);
    if (!Array.isArray(value) || !value.every((key) => typeof key === 'string')) {
      throw unusable(path, `holds no list of keys in column ${column}`);
    }
    return value;
  }

  return { text, integer, json, keys };
}
