/** Whether a name is one of those that an index pattern of Elasticsearch is for; patterns know one wildcard, `*`. */
export function matchesPattern(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.split('*').map(RegExp.escape).join('.*')}$`, 's').test(name);
}
