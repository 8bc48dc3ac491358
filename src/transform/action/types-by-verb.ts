import type { EventType } from '../event-class.ts';
import type { Verb } from './verbs.ts';

/** Which verbs make an event which type. A verb that stands nowhere, or none at all, makes it `info`. */
export type TypesByVerb = Partial<Readonly<Record<Activity, readonly Verb[]>>>;

/** The types that say what happened, in the order of documents; `admin`, `group` and `user` say to whom. */
const ACTIVITIES = ['installation', 'creation', 'change', 'deletion', 'access', 'start', 'end'] as const;

type Activity = (typeof ACTIVITIES)[number];

const ALTER = ['join', 'leave', 'grant', 'approve', 'change', 'revoke', 'deny', 'install', 'uninstall'] as const;
const RUN = ['start', 'end'] as const;
const LOOK = ['read', 'export'] as const;

const ACCOUNT: TypesByVerb = { creation: ['create', 'add'], change: ALTER, deletion: ['remove', 'delete'] };
const POLICY: TypesByVerb = { ...ACCOUNT, change: [...ALTER, ...RUN] };
const CHANGE: TypesByVerb = { change: ['create', 'add', 'remove', 'delete', ...ALTER] };

export const TYPES = {
  none: {},
  account: ACCOUNT,
  /** Whoever joins a group or gets another password has the account before and after. */
  belonging: CHANGE,
  /** Searches written for Elastic's integration look for invited people as `creation`, accepted or not. */
  invitation: {
    creation: ['invite', 'send', 'create', 'add', 'approve'],
    change: ['change', 'revoke', 'remove', 'delete'],
  },
  /** An added permission changes what somebody may do; only a created one is a new thing. A denial changes nothing. */
  permission: {
    creation: ['create'],
    change: ['add', 'remove', 'join', 'leave', 'grant', 'approve', 'change', 'revoke'],
    deletion: ['delete'],
  },
  /** Who revokes a token ends it. */
  credential: {
    creation: ['create', 'add'],
    change: ['grant', 'approve', 'change', 'deny', 'end'],
    deletion: ['revoke', 'remove', 'delete'],
  },
  /** `iam` knows no `access`: a look is `info`. */
  policy: POLICY,
  configuration: { ...POLICY, access: LOOK },
  content: { ...POLICY, creation: ['create', 'add', 'send'], access: LOOK },
  mark: { ...CHANGE, access: LOOK },
  /** With `change`, since `configuration` knows no `installation` and `package` no `creation`. */
  app: {
    installation: ['install', 'add'],
    creation: ['create'],
    change: ['install', 'add', 'create', 'grant', 'approve', 'change', 'revoke', 'deny', ...RUN],
    deletion: ['uninstall', 'remove', 'delete'],
    access: LOOK,
  },
  /** `database` knows neither `creation` nor `deletion`. */
  database: { ...CHANGE, access: [...LOOK, 'run'] },
  api: { access: LOOK },
  login: { start: ['login', 'impersonate'], end: ['logout'] },
  session: { start: ['create', 'add', 'start'], end: ['revoke', 'remove', 'delete', 'end'] },
  run: { start: ['start', 'run'], end: ['end'] },
} as const satisfies Readonly<Record<string, TypesByVerb>>;

export function typesOf(table: TypesByVerb, verb: Verb | undefined): readonly EventType[] {
  const types = ACTIVITIES.filter((type) => verb !== undefined && table[type]?.includes(verb) === true);
  return types.length === 0 ? ['info'] : types;
}
