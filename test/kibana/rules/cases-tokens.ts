import type { JsonObject } from '../../../src/core/json.ts';
import { ABROAD } from './raw-events.ts';
import type { RuleCases } from './rule-cases.ts';

const TOKEN: readonly JsonObject[] = [{ id: 't-1', type: 'api-tokens', attributes: { tokenLabel: 'laptop' } }];

const DAY = 24 * 60;

export const TOKEN_CASES: RuleCases = {
  'organization-api-key-created': {
    matches: {
      'created scim token': { action: 'created_scim_token', context: TOKEN },
      'org api key generated': { action: 'org_api_key_generated', context: TOKEN },
      'generated service account token': { action: 'generated_service_account_token', context: TOKEN },

      'of the organization': { action: 'admin_api_key_created', context: TOKEN },
      'of a service account': { action: 'service_account_api_token_created', context: TOKEN },
      'by an id that nobody has listed': { action: 'created_organization_api_key', context: TOKEN },
    },
    misses: {
      'created api token': { action: 'created_api_token', context: TOKEN },
      'revoked organization api key': { action: 'revoked_organization_api_key', context: TOKEN },

      'a token of one’s own': { action: 'api_token_created', context: TOKEN },
      revoked: { action: 'admin_api_key_revoked', context: TOKEN },
      'it failed': { action: 'api_key_create_failed', context: TOKEN },
    },
  },
  'api-token-from-new-country': {
    matches: {
      'others created theirs in Germany': [
        { action: 'api_token_created', at: -DAY, by: 'bea', context: TOKEN },
        { action: 'api_token_created', from: ABROAD, context: TOKEN },
      ],
      'the last one there was 70 days ago': [
        { action: 'api_token_created', at: -70 * DAY, from: ABROAD, context: TOKEN },
        { action: 'api_token_created', from: ABROAD, context: TOKEN },
      ],
    },
    misses: {
      'somebody created one there last month': [
        { action: 'api_token_created', at: -30 * DAY, by: 'bea', from: ABROAD, context: TOKEN },
        { action: 'api_token_created', from: ABROAD, context: TOKEN },
      ],
      'a token revoked there': { action: 'api_token_revoked', from: ABROAD, context: TOKEN },
      'a login there': { action: 'user_login', from: ABROAD, status: 'SUCCESS' },
      'a key whose creation failed': { action: 'api_token_create_failed', from: ABROAD, context: TOKEN },
    },
  },
  'api-tokens-exported': {
    matches: {
      'downloaded api tokens': { action: 'downloaded_api_tokens' },
      'user api tokens exported': { action: 'user_api_tokens_exported' },

      'as the documentation has it': { action: 'exported_api_tokens' },
      'the other way round': { action: 'api_tokens_exported' },
    },
    misses: {
      'a look at one': { action: 'api_token_viewed' },
      'one created': { action: 'api_token_created', context: TOKEN },
    },
  },
};
