import { z } from 'zod';
import { commaSeparated } from '../core/config-fields.ts';

const text = z.string().min(1).max(1_024);
const tag = z.string().max(1_024).regex(/\S/, 'is blank: write a tag there, or leave it out');

/** The part of the configuration that says what is put on every document. */
export const documentsSchema = z
  .strictObject({
    tags: z
      .union([z.array(tag), z.string().transform(commaSeparated)])
      .pipe(z.array(tag).max(50))
      .default([])
      .describe('Tags of every document; in a variable, separated by commas.'),
    labels: z
      .record(z.string().regex(/^[\w-]{1,128}$/, 'may hold letters, digits, _ and - only'), text)
      .default({})
      .describe('Labels of every document: a name and a text each.'),
    agent_name: text.optional().describe('Name of this shipper, in agent.name. Absent unless given.'),
  })
  .prefault({});
