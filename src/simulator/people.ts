import { homeNear, OFFICES, type Place } from './places.ts';
import { type Chance, chanceOf, hex32, uuidBy } from './random.ts';
import { type Visits, visitsFrom } from './visits.ts';

export interface Person {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly office: Place;
  readonly home: Place;
  /** Works at home, not in the office. */
  readonly isRemote: boolean;
  readonly visits: Visits | undefined;
  readonly isAdmin: boolean;
  /** Of the script that works in the person's name. */
  readonly token: { readonly id: string; readonly label: string };
}

export const EMAIL_DOMAIN = 'halden-instruments.example';

const GIVEN_NAMES = [
  'Ada Amir Anneke Beatriz Björn Chloé Daniel Divya Elif Emeka Fatima Grace Hanna Hiroshi',
  'Inês Isaac Jana José Kavya Lars Leila Liam Lucía Mateus Mei Nadia Noah Oluwaseun',
  'Olivia Pavel Priya Quentin Rosa Samir Sofia Tariq Ümit Vera Wei Zoë',
].flatMap((line) => line.split(' '));
const FAMILY_NAMES = [
  'Almeida Bakker Berg Chen Costa Delgado Dubois Eriksen Fischer García Haddad Iyer Jansen Kaya',
  "Kim Kowalska Krishnan Lindqvist Martins Müller Nakamura Nguyen O'Connor Okafor Patel Pereira Rao Rossi",
  'Schäfer Silva Smith Tanaka Thompson de-Vries Walker Weber Wójcik Yılmaz Zhang Ziegler',
].flatMap((line) => line.split(' '));

const SCRIPTS = ['ci-reports', 'backup script', 'excel export', 'release bot'];

/** The first three are administrators. */
export function createPeople(seed: number, count: number): readonly Person[] {
  return Array.from({ length: count }, (_, number) => createPerson(number, chanceOf(seed, 0x9e09, number)));
}

function createPerson(number: number, chance: Chance): Person {
  const given = GIVEN_NAMES[number % GIVEN_NAMES.length] ?? 'Ada';
  // 7 is coprime with the number of family names, so that no pair repeats before all were used.
  const family = FAMILY_NAMES[(number * 7 + Math.floor(number / GIVEN_NAMES.length)) % FAMILY_NAMES.length] ?? 'Berg';
  const office = chance.pick(OFFICES);
  return {
    accountId: accountIdBy(chance),
    name: `${given} ${family.replace('-', ' ')}`,
    email: `${asciiOf(given)}.${asciiOf(family)}@${EMAIL_DOMAIN}`,
    office,
    home: homeNear(office, number, chance),
    isRemote: chance.happens(0.4),
    visits: visitsFrom(office, chance),
    isAdmin: number < 3,
    token: { id: uuidBy(chance), label: `${asciiOf(given)}-${asciiOf(family)} ${chance.pick(SCRIPTS)}` },
  };
}

/** The three forms in which account ids exist, by the age of the account. */
function accountIdBy(chance: Chance): string {
  const age = chance.fraction();
  if (age < 0.3) return `5${hex32(chance.bits()).slice(1)}${hex32(chance.bits())}${hex32(chance.bits())}`;
  return `${age < 0.55 ? '557058' : '712020'}:${uuidBy(chance)}`;
}

function asciiOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/ı/g, 'i')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
