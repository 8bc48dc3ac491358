/**
 * The pairs of `key=value,other=value`, percent-decoded; `undefined` if the text is no such list. A line end separates as a comma
 * does. https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specifying-headers-via-environment-variables
 */
export function readKeyValues(text: string): ReadonlyMap<string, string> | undefined {
  const entries = text.split(/[,\r\n]/).filter((entry) => entry.trim() !== '');
  const pairs = entries.flatMap((entry) => {
    const separator = entry.indexOf('=');
    const key = decoded(entry.slice(0, Math.max(separator, 0)));
    const value = decoded(entry.slice(separator + 1));
    return key === undefined || key === '' || value === undefined ? [] : [[key, value] as const];
  });
  return pairs.length === entries.length ? new Map(pairs) : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return undefined;
  }
}
