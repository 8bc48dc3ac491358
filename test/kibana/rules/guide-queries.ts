/** A query of an investigation guide as the installed note has it. */
export interface QueryInNote {
  readonly what: string;
  readonly kql: string;
}

export function queriesOfNote(note: string): readonly QueryInNote[] {
  const [, section = ''] = /### Queries for Discover\n\n(.*?)\n### /s.exec(note) ?? [];
  return [...section.matchAll(/^- (.+): `([^`]+)`$/gm)].map(([, what = '', kql = '']) => ({ what, kql }));
}

/** Fields of the alert that the query wants values of. */
export function placeholdersOf(kql: string): readonly string[] {
  return [...kql.matchAll(/<([^<>]*)>/g)].map(([, name = '']) => name);
}

export function filled(kql: string, ofAlert: (field: string) => string): string {
  return kql.replace(/<([^<>]*)>/g, (_, field: string) => ofAlert(field));
}
