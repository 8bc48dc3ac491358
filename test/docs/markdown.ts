/** Anchors of the headings, as GitHub makes them. */
export function headingsOf(markdown: string): readonly string[] {
  const lines = withoutCode(markdown)
    .split('\n')
    .filter((line) => /^#{1,6} /.test(line));
  return lines.map((line) =>
    line
      .replace(/^#+ /, '')
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

export interface Link {
  /** Empty where it stays on the page. */
  readonly path: string;
  readonly anchor: string | undefined;
}

/** Links into the repository. */
export function linksOf(markdown: string): readonly Link[] {
  return [...withoutCode(markdown).matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { path, anchor };
    });
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
}
