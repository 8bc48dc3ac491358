/** Little pieces of SVG. Widths of letters are guessed: nothing here can measure them. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface TextOptions {
  readonly size?: number;
  readonly weight?: 'normal' | 'bold';
  readonly color?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

const INK = '#1D2A3E';
export const GREY = '#69707D';
const LETTER = 0.55;

export function text(x: number, y: number, content: string, options: TextOptions = {}): string {
  const { size = 12, weight = 'normal', color = INK, anchor = 'start' } = options;
  const style = `font-size="${size}" font-weight="${weight}" fill="${color}" text-anchor="${anchor}"`;
  return `<text x="${x}" y="${y}" ${style}>${escaped(content)}</text>`;
}

export function rectangle({ x, y, width, height }: Box, fill: string, stroke = 'none'): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="${fill}" stroke="${stroke}"/>`;
}

export function line(x1: number, y: number, x2: number): string {
  return `<line x1="${x1}" y1="${y}" x2="${x2}" y2="${y}" stroke="#E3E8F2"/>`;
}

/** What fits into so many pixels. */
export function fitting(content: string, width: number, size = 12): string {
  const most = Math.max(3, Math.floor(width / (size * LETTER)));
  return content.length <= most ? content : `${content.slice(0, most - 1)}…`;
}

/** Lines of words, each no wider than this. */
export function wrapped(content: string, width: number, size = 12): readonly string[] {
  const most = Math.floor(width / (size * LETTER));
  const lines: string[] = [];
  for (const word of content.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= most) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
