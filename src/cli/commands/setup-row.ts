/** What was done to one object. */
export function row(kind: string, name: string, text: string): string {
  return `${kind.padEnd(20)}${name.padEnd(38)}  ${text}`;
}
