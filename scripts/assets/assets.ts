import { createHash } from 'node:crypto';
import type { JsonObject } from '../../src/core/json.ts';
import { ecsTemplate } from './ecs-template.ts';
import { finalPipeline } from './final-pipeline.ts';
import { indexTemplate } from './index-template.ts';
import { mappingsTemplate } from './mappings-template.ts';
import { ECS, FINAL_PIPELINE, MAPPINGS, NAME, SETTINGS } from './names.ts';
import { settingsTemplate } from './settings-template.ts';

/** Everything that is installed into Elasticsearch, by file: the name is the id, the content is the body of the request. */
export function assets(): ReadonlyMap<string, string> {
  const bodies: Readonly<Record<string, JsonObject>> = {
    [`mappings/component_templates/${ECS}.json`]: ecsTemplate(),
    [`mappings/component_templates/${MAPPINGS}.json`]: mappingsTemplate(),
    [`mappings/component_templates/${SETTINGS}.json`]: settingsTemplate(),
    [`mappings/index_templates/${NAME}.json`]: indexTemplate(),
    [`pipelines/${FINAL_PIPELINE}.json`]: finalPipeline(),
  };
  return new Map(Object.entries(bodies).map(([path, body]) => [path, formatted(body)]));
}

/** What a version of the assets held, in short. */
export function hashOf(files: ReadonlyMap<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify([...files]))
    .digest('hex');
}

/** As Biome formats JSON: a list of texts in one line, if they fit. */
function formatted(body: JsonObject): string {
  const text = JSON.stringify(body, null, 2);
  return `${text.replace(/^( *)(.*)\[\n([^[\]{}]*)\n *\](,?)$/gm, inOneLine)}\n`;
}

function inOneLine(list: string, indent: string, key: string, items: string, comma: string): string {
  const line = `${indent}${key}[${items.trim().replace(/\n */g, ' ')}]${comma}`;
  return line.length <= 120 ? line : list;
}
