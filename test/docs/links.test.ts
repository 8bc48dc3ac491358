import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { headingsOf, linksOf } from './markdown.ts';

const pages = globSync(['*.md', '{docs,deploy,pipelines,mappings,kibana,examples,src}/**/*.md']);

test.each(pages)('every link of %s leads somewhere', (page) => {
  const broken = linksOf(readFileSync(page, 'utf8')).filter(({ path, anchor }) => {
    const file = path === '' ? page : join(dirname(page), path);
    if (!existsSync(file)) return true;
    return anchor !== undefined && file.endsWith('.md') && !headingsOf(readFileSync(file, 'utf8')).includes(anchor);
  });
  expect(broken).toEqual([]);
});
