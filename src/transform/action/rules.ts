import type { EventCategory } from '../event-class.ts';
import type { Thing } from './things.ts';
import { TYPES, type TypesByVerb } from './types-by-verb.ts';
import type { Verb } from './verbs.ts';

export type Rule = {
  /** The id names one of these, */
  readonly names?: readonly Thing[];
  /** and one of these, */
  readonly with?: readonly Thing[];
  /** and one of these was done. */
  readonly did?: readonly Verb[];
  readonly categories: readonly EventCategory[];
  readonly types: TypesByVerb;
  /** Types `admin`, `group` and `user` for those that the id names; `somebody`: `user` where it names nobody, too. */
  readonly people?: 'named' | 'somebody';
  /** People are added to it and removed from it, which changes it. */
  readonly hasPeople?: true;
  /** For `docs/actions.md`, and checked. */
  readonly example: string;
};

const PEOPLE = ['admin', 'member', 'group', 'user', 'identity'] as const;
const PARTS_OF_PRODUCTS = ['data', 'content', 'mark', 'container', 'automation', 'facility', 'app'] as const;

/**
 * First match wins. What matters to security comes first: who may see a page is not the page. To switch a defence
 * off is a deed, and no finding of that defence. What an id only names as the place where something happened comes last.
 */
export const RULES: readonly Rule[] = [
  {
    names: ['policy'],
    categories: ['iam', 'configuration'],
    types: TYPES.policy,
    hasPeople: true,
    example: 'ip_allowlist_created',
  },
  {
    names: ['directory'],
    with: ['setting'],
    categories: ['iam', 'configuration'],
    types: TYPES.policy,
    example: 'saml_configuration_updated',
  },
  {
    names: ['setting'],
    categories: ['configuration'],
    types: TYPES.configuration,
    hasPeople: true,
    example: 'jira_settings_viewed',
  },
  {
    names: ['detector'],
    did: ['change', 'remove', 'delete', 'uninstall'],
    categories: ['configuration'],
    types: TYPES.configuration,
    example: 'malware_scan_disabled',
  },
  { names: ['malware'], categories: ['malware'], types: TYPES.none, example: 'jira_malware_detected' },
  {
    names: ['detection'],
    categories: ['intrusion_detection'],
    types: TYPES.none,
    example: 'guard_detect_alert_created',
  },
  { names: ['api'], categories: ['api'], types: TYPES.api, example: 'third_party_app_jira_api_request' },
  {
    did: ['login', 'impersonate', 'logout'],
    categories: ['authentication'],
    types: TYPES.login,
    example: 'user_login_blocked',
  },
  { names: ['session'], categories: ['session'], types: TYPES.session, example: 'user_sessions_revoked' },
  {
    names: ['invitation'],
    categories: ['iam'],
    types: TYPES.invitation,
    people: 'somebody',
    example: 'user_invitation_accepted',
  },
  { names: ['credential'], categories: ['iam'], types: TYPES.credential, example: 'bitbucket_ssh_key_added' },
  {
    names: ['permission'],
    with: PARTS_OF_PRODUCTS,
    categories: ['iam', 'configuration'],
    types: TYPES.permission,
    people: 'named',
    example: 'space_permission_removed_from_user',
  },
  {
    names: ['permission'],
    with: PEOPLE,
    categories: ['iam'],
    types: TYPES.permission,
    people: 'somebody',
    example: 'group_granted_product_access',
  },
  {
    names: ['permission'],
    did: ['grant', 'approve', 'revoke', 'request', 'deny'],
    categories: ['iam'],
    types: TYPES.permission,
    people: 'somebody',
    example: 'role_assigned',
  },
  {
    names: ['permission'],
    categories: ['iam', 'configuration'],
    types: TYPES.permission,
    example: 'global_permission_added',
  },
  {
    did: ['install', 'uninstall'],
    categories: ['configuration', 'package'],
    types: TYPES.app,
    example: 'app_installation_blocked',
  },
  { names: ['data'], categories: ['database'], types: TYPES.database, example: 'sql_query_executed' },
  { names: ['mark'], categories: ['file'], types: TYPES.mark, example: 'label_added_to_page' },
  {
    names: ['content'],
    categories: ['file'],
    types: TYPES.content,
    hasPeople: true,
    example: 'loom_video_downloaded',
  },
  {
    names: ['admin', 'member'],
    categories: ['iam'],
    types: TYPES.belonging,
    people: 'somebody',
    example: 'removed_org_admin',
  },
  {
    names: ['group', 'user'],
    with: ['container', 'product'],
    categories: ['iam'],
    types: TYPES.belonging,
    people: 'named',
    example: 'user_added_to_project',
  },
  {
    names: ['automation'],
    did: ['start', 'run', 'end'],
    categories: ['process'],
    types: TYPES.run,
    example: 'bitbucket_pipeline_completed',
  },
  {
    names: ['automation', 'facility'],
    categories: ['configuration'],
    types: TYPES.configuration,
    hasPeople: true,
    example: 'jira_workflow_updated',
  },
  {
    names: ['identity'],
    categories: ['iam'],
    types: TYPES.belonging,
    people: 'somebody',
    example: 'user_password_reset',
  },
  {
    names: ['group'],
    with: ['user'],
    categories: ['iam'],
    types: TYPES.belonging,
    people: 'named',
    example: 'user_joined_group',
  },
  {
    names: ['group', 'user'],
    categories: ['iam'],
    types: TYPES.account,
    people: 'named',
    example: 'scim_user_created',
  },
  { names: ['directory'], categories: ['iam', 'configuration'], types: TYPES.policy, example: 'domain_verified' },
  {
    names: ['app'],
    categories: ['configuration', 'package'],
    types: TYPES.app,
    hasPeople: true,
    example: 'forge_app_enabled',
  },
  {
    names: ['container'],
    did: ['join', 'leave'],
    categories: ['iam'],
    types: TYPES.belonging,
    people: 'somebody',
    example: 'trello_board_joined',
  },
  {
    names: ['container'],
    did: ['read', 'export'],
    categories: ['file'],
    types: TYPES.content,
    example: 'confluence_space_exported',
  },
  {
    names: ['container'],
    did: ['remove', 'delete'],
    categories: ['configuration', 'file'],
    types: TYPES.content,
    example: 'bitbucket_repository_deleted',
  },
  {
    names: ['container'],
    categories: ['configuration'],
    types: TYPES.configuration,
    example: 'jira_project_archived',
  },
  { names: ['product'], categories: ['configuration'], types: TYPES.configuration, example: 'product_deactivated' },
  { names: ['log'], categories: ['configuration'], types: TYPES.configuration, example: 'audit_log_exported' },
  { did: ['export'], categories: ['file'], types: TYPES.content, example: 'jira_export_started' },
  { names: ['place'], categories: ['configuration'], types: TYPES.configuration, example: 'organization_renamed' },
];
