const LONGEST = 2048;
const URL_OR_HOST = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d+)?(?:[/?#].*)?$/i;

/** The host of a URL or of a bare host name, in lower case: sites are written both ways, with or without `https://`. */
export function hostName(value: string): string | undefined {
  return value.length > LONGEST ? undefined : URL_OR_HOST.exec(value)?.[1]?.toLowerCase();
}
