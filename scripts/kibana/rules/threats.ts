/** ATT&CK, as Kibana wants it: a tactic with techniques, each with at most one of its subtechniques. */
export type Threat = {
  readonly framework: 'MITRE ATT&CK';
  readonly tactic: Entry;
  readonly technique: readonly (Entry & { readonly subtechnique?: readonly Entry[] })[];
};

type Entry = {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
};

/** Names as of ATT&CK v17. */
const TACTICS = {
  'initial access': ['TA0001', 'Initial Access'],
  persistence: ['TA0003', 'Persistence'],
  'privilege escalation': ['TA0004', 'Privilege Escalation'],
  'defense evasion': ['TA0005', 'Defense Evasion'],
  'credential access': ['TA0006', 'Credential Access'],
  discovery: ['TA0007', 'Discovery'],
  collection: ['TA0009', 'Collection'],
  exfiltration: ['TA0010', 'Exfiltration'],
} as const;

/** With the tactics that ATT&CK has them under. */
const TECHNIQUES = {
  T1078: ['Valid Accounts', ['initial access', 'persistence', 'privilege escalation', 'defense evasion']],
  T1098: ['Account Manipulation', ['persistence', 'privilege escalation']],
  T1110: ['Brute Force', ['credential access']],
  T1119: ['Automated Collection', ['collection']],
  T1213: ['Data from Information Repositories', ['collection']],
  T1484: ['Domain or Tenant Policy Modification', ['defense evasion', 'privilege escalation']],
  T1528: ['Steal Application Access Token', ['credential access']],
  T1556: ['Modify Authentication Process', ['credential access', 'defense evasion', 'persistence']],
  T1562: ['Impair Defenses', ['defense evasion']],
  T1567: ['Exfiltration Over Web Service', ['exfiltration']],
  T1654: ['Log Enumeration', ['discovery']],
  T1671: ['Cloud Application Integration', ['persistence']],
} as const;

const SUBTECHNIQUES = {
  'T1078.004': 'Cloud Accounts',
  'T1098.001': 'Additional Cloud Credentials',
  'T1098.003': 'Additional Cloud Roles',
  'T1110.001': 'Password Guessing',
  'T1110.003': 'Password Spraying',
  'T1213.001': 'Confluence',
  'T1484.002': 'Trust Modification',
  'T1556.006': 'Multi-Factor Authentication',
  'T1556.009': 'Conditional Access Policies',
  'T1562.007': 'Disable or Modify Cloud Firewall',
} as const;

type Technique = keyof typeof TECHNIQUES;
type Subtechnique = keyof typeof SUBTECHNIQUES;
type Tactic = keyof typeof TACTICS;

/** Throws where ATT&CK does not have the technique under the tactic. */
export function threat(tactic: Tactic, ...techniques: readonly (Technique | Subtechnique)[]): Threat {
  const [id, name] = TACTICS[tactic];
  return {
    framework: 'MITRE ATT&CK',
    tactic: { id, name, reference: `https://attack.mitre.org/tactics/${id}/` },
    technique: techniques.map((technique) => techniqueOf(technique, tactic)),
  };
}

function techniqueOf(id: Technique | Subtechnique, tactic: Tactic): Threat['technique'][number] {
  const whole = id.slice(0, 5);
  if (!isTechnique(whole)) throw new RangeError(`There is no ${whole}.`);
  const [name, tactics] = TECHNIQUES[whole];
  if (!tactics.some((known) => known === tactic)) throw new RangeError(`${whole} is not under ${tactic}.`);
  const technique = { id: whole, name, reference: `https://attack.mitre.org/techniques/${whole}/` };
  if (!isSubtechnique(id)) return technique;
  const reference = `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`;
  return { ...technique, subtechnique: [{ id, name: SUBTECHNIQUES[id], reference }] };
}

const isTechnique = (id: string): id is Technique => id in TECHNIQUES;
const isSubtechnique = (id: string): id is Subtechnique => id in SUBTECHNIQUES;
