import type { JsonValue } from '../../core/json.ts';
import type { EcsUrl } from '../ecs-document.ts';
import { list, object, text } from '../read.ts';

/** Plain links only: no user, no password, no spaces; what else there is stays in `event.original`. */
const LINK = /^(https?):\/\/([a-z0-9.-]+)(?::(\d{1,5}))?(\/[^?#\s]*)?(?:\?([^#\s]*))?(?:#(\S*))?$/i;

/** The first link that a person can open, `links.alt` by the API: to what was acted on, else to where. */
export function urlOf(context: JsonValue | undefined, container: JsonValue | undefined): EcsUrl | undefined {
  return firstLink(context) ?? firstLink(container);
}

function firstLink(elements: JsonValue | undefined): EcsUrl | undefined {
  for (const element of list(elements)) {
    const link = text(object(object(element)['links'])['alt']);
    const url = link === undefined ? undefined : parsed(link);
    if (url !== undefined) return url;
  }
  return undefined;
}

function parsed(link: string): EcsUrl | undefined {
  const match = LINK.exec(link);
  if (match === null) return undefined;
  const [full, scheme = '', domain = '', port, path, query, fragment] = match;
  return {
    full,
    scheme: scheme.toLowerCase(),
    domain: domain.toLowerCase(),
    port: port === undefined ? undefined : Number(port),
    path,
    query: query || undefined,
    fragment: fragment || undefined,
  };
}
