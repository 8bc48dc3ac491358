import { z } from 'zod';

const treatment = z.enum(['keep', 'drop', 'hash']);

/** The part of the configuration that says which personal data documents go without. */
export const privacySchema = z
  .strictObject({
    fields: z
      .strictObject({
        'user.id': treatment.default('keep').describe('Account ids of people.'),
        'user.name': treatment.default('keep').describe('Names of people.'),
        'user.email': treatment.default('keep').describe('E-mail addresses, with their domains.'),
        'source.ip': treatment.default('keep').describe('IP addresses. Their places and networks stay.'),
      })
      .prefault({}),
    key_file: z
      .string()
      .optional()
      .describe('File with the key of the hashes (HMAC-SHA-256), of at least 32 characters. Needed for hash.'),
  })
  .prefault({})
  .refine(({ fields, key_file }) => key_file !== undefined || !Object.values(fields).includes('hash'), {
    path: ['key_file'],
    message: 'is needed to hash: make one with "openssl rand -hex 32", keep it safe, and name the file here',
  });

export type PrivacySettings = z.output<typeof privacySchema>;
export type PersonalField = keyof PrivacySettings['fields'];
export type Treatment = z.output<typeof treatment>;
export type Treatments = Readonly<Record<PersonalField, Treatment>>;
