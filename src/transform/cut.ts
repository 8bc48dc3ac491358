/**
 * The longest value outside of `event.original`, in UTF-16 units. Lucene refuses a term of more than 32,766 bytes,
 * and with it the whole document; a unit takes at most three bytes of UTF-8, the path of a flattened key the rest.
 */
export const MAX_VALUE_LENGTH = 8_191;

/** Stands at the end of what was cut. */
export const CUT_MARK = '…[cut]';

/** The value itself, or its beginning and the mark. The whole of it is in `event.original`. */
export function cut(value: string, maxLength = MAX_VALUE_LENGTH): string {
  if (value.length <= maxLength) return value;
  const kept = value.slice(0, maxLength - CUT_MARK.length);
  return `${endsInsidePair(kept) ? kept.slice(0, -1) : kept}${CUT_MARK}`;
}

/** Half of a surrogate pair has no UTF-8 form. */
function endsInsidePair(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
