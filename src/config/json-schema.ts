import { z } from 'zod';
import { configSchema } from './schema.ts';

/** JSON Schema of the configuration as it is written: for editors, and for `config schema`. */
export function jsonSchema() {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-2020-12' });
  return { $schema, title: 'Configuration of atlassian-shipper', ...schema };
}
