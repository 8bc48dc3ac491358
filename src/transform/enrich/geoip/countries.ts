import { foldedName } from './folded-name.ts';

const ENGLISH = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const ENGLISH_SHORT = new Intl.DisplayNames('en', { type: 'region', style: 'short', fallback: 'none' });

/** `Intl.DisplayNames` throws for anything else. */
const CODE = /^[A-Z]{2}$/;

export function countryName(code: string): string | undefined {
  return CODE.test(code) ? ENGLISH.of(code) : undefined;
}

/** Names in use that neither the databases nor Unicode have: ISO 3166's own, former and common ones. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  BN: ['Brunei Darussalam'],
  BO: ['Plurinational State of Bolivia'],
  BQ: ['Bonaire, Sint Eustatius and Saba'],
  CD: ['Democratic Republic of the Congo', 'DR Congo', 'DRC'],
  CG: ['Congo', 'Republic of the Congo'],
  CI: ['Ivory Coast'],
  CN: ["People's Republic of China", 'Mainland China'],
  CV: ['Cabo Verde'],
  CZ: ['Czech Republic'],
  FK: ['Falkland Islands (Malvinas)'],
  FM: ['Federated States of Micronesia'],
  GB: ['Great Britain', 'United Kingdom of Great Britain and Northern Ireland'],
  HM: ['Heard Island and McDonald Islands'],
  IE: ['Republic of Ireland'],
  IR: ['Islamic Republic of Iran'],
  KP: ["Democratic People's Republic of Korea"],
  KR: ['Republic of Korea', 'Korea'],
  LA: ["Lao People's Democratic Republic", 'Lao PDR'],
  MD: ['Republic of Moldova'],
  MF: ['Saint Martin (French part)'],
  MK: ['Macedonia', 'Republic of North Macedonia', 'The former Yugoslav Republic of Macedonia'],
  MM: ['Burma'],
  MO: ['Macau'],
  NL: ['Holland', 'Kingdom of the Netherlands'],
  PS: ['Palestinian Territory', 'Palestinian Territory, Occupied'],
  RU: ['Russian Federation'],
  SH: ['Saint Helena, Ascension and Tristan da Cunha'],
  SK: ['Slovak Republic'],
  SX: ['Sint Maarten (Dutch part)'],
  SY: ['Syrian Arab Republic'],
  SZ: ['Swaziland'],
  TL: ['East Timor'],
  TR: ['Turkey'],
  TW: ['Taiwan, Province of China'],
  TZ: ['United Republic of Tanzania'],
  UM: ['United States Minor Outlying Islands'],
  US: ['USA', 'United States of America'],
  VA: ['Holy See'],
  VE: ['Bolivarian Republic of Venezuela'],
  VN: ['Viet Nam'],
};

const folded = new Map<string, ReadonlySet<string>>();

/** Whether `name` is one for the country with this code: the code itself, English names, and the aliases above. */
export function isNameOfCountry(name: string, code: string): boolean {
  return name.toUpperCase() === code || namesOf(code).has(foldedName(name));
}

function namesOf(code: string): ReadonlySet<string> {
  const known = folded.get(code);
  if (known !== undefined) return known;
  if (!CODE.test(code)) return new Set();
  const names = [ENGLISH.of(code), ENGLISH_SHORT.of(code), ...(ALIASES[code] ?? [])];
  const found = new Set(names.flatMap((name) => (name === undefined ? [] : foldedName(name))));
  folded.set(code, found);
  return found;
}
