/**
 * Names of countries that an event may have where GeoLite2 has another. A name that is missing does no harm: then the
 * address is taken to be in another country, and its place is not added.
 */
export const COUNTRY_NAMES: ReadonlyMap<string, string> = new Map([
  ['Czech Republic', 'CZ'],
  ['Great Britain', 'GB'],
  ['Hong Kong SAR China', 'HK'],
  ['Ivory Coast', 'CI'],
  ['Macau', 'MO'],
  ['Macedonia', 'MK'],
  ['Republic of Ireland', 'IE'],
  ['Republic of Korea', 'KR'],
  ['Republic of Moldova', 'MD'],
  ['Russian Federation', 'RU'],
  ['Slovak Republic', 'SK'],
  ['Taiwan, Province of China', 'TW'],
  ['The Netherlands', 'NL'],
  ['Turkey', 'TR'],
  ['Türkiye', 'TR'],
  ['United States of America', 'US'],
  ['USA', 'US'],
  ['Viet Nam', 'VN'],
]);

/** The codes by names as the script writes them: letters and digits only. */
export function codesByFoldedName(): Readonly<Record<string, string>> {
  return Object.fromEntries([...COUNTRY_NAMES].map(([name, code]) => [folded(name), code]));
}

function folded(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
