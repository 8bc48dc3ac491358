import { type Problem, quoted } from '../../core/problem.ts';

/** What can be wrong with Kibana, in words for whoever has to mend it. Texts of the server come masked. */

const AUTH = 'KIBANA_API_KEY_FILE (or KIBANA_API_KEY), or KIBANA_USERNAME with KIBANA_PASSWORD_FILE';

export function unauthorized(said: string, hasSecret: boolean): Problem {
  if (!hasSecret)
    return {
      code: 'unauthorized',
      message: 'Kibana wants to know who is asking (401).',
      remedy: `Set ${AUTH}.`,
    };
  return {
    code: 'unauthorized',
    message: `Kibana does not accept the API key or password (401)${quoted(said)}.`,
    remedy: `Check ${AUTH}: it must be a key or user of the Elasticsearch that this Kibana belongs to.`,
  };
}

export function forbidden(said: string): Problem {
  return {
    code: 'forbidden',
    message: `Kibana refuses for lack of privileges (403)${quoted(said)}.`,
    remedy: 'docs/kibana.md lists the privileges that setting up takes, and a request that makes such an API key.',
  };
}

export function unreachable(code: string, detail: string): Problem {
  return {
    code: 'unreachable',
    message: `No answer from Kibana${quoted(detail)}.`,
    remedy: wayOut(`${code} ${detail}`),
  };
}

function wayOut(detail: string): string {
  switch (true) {
    case /ETIMEDOUT|TIMEOUT/i.test(detail):
      return 'Check the URL and the firewall; if Kibana answers at all, look at its load and try again: what is done stays done.';
    case /wrong version number|packet length too long|http request/i.test(detail):
      return 'It seems to speak plain HTTP: write http:// in the URL, or check the port.';
    case /certificate|self.signed|issuer|altnames/i.test(detail):
      return 'If the server is the right one, set the CA of its certificate: KIBANA_CA_FILE.';
    case /ECONNRESET|other side closed|hang up/i.test(detail):
      return 'The connection was cut. If it never works, the server may expect https:// in the URL; check proxies, too.';
    default:
      return 'Check --kibana-url (without a port it is 443 or 80; Kibana itself usually has 5601), DNS, firewall and proxy.';
  }
}

export function notReady(): Problem {
  return {
    code: 'unavailable',
    message: 'Kibana is not ready yet (503).',
    remedy: 'It may be starting or upgrading: try again in some minutes; if it lasts, look at its log.',
  };
}

export function unavailable(status: number, said: string): Problem {
  return {
    code: 'unavailable',
    message: `Kibana can't serve the request (${status})${quoted(said)}.`,
    remedy: 'Try again: what is done stays done. If it lasts, look at the log of Kibana.',
  };
}

export function redirected(status: number, to: string): Problem {
  return {
    code: 'redirected',
    message: `The address answers with a redirect (${status})${quoted(to)}.`,
    remedy:
      'Redirects are not followed. Give the URL where Kibana itself is, with its base path if it has one; a login page of a proxy takes a way around it.',
  };
}

export function notKibana(): Problem {
  return {
    code: 'not-kibana',
    message: 'What answers is not the API of Kibana.',
    remedy:
      'Check --kibana-url: https://host:5601, with the base path if Kibana has one, as you see it in the browser before /app; and what lies between.',
  };
}

export function elasticsearchInstead(): Problem {
  return {
    code: 'not-kibana',
    message: 'What answers is Elasticsearch, not Kibana.',
    remedy: 'Kibana has a URL of its own, which you open in the browser; its port is usually 5601.',
  };
}

export function tooLarge(): Problem {
  return {
    code: 'too-large',
    message: 'The import is larger than the server takes (413).',
    remedy: 'Raise savedObjects.maxImportPayloadBytes of Kibana, or the limit of the proxy before it.',
  };
}

export function requestRefused(status: number, said: string): Problem {
  return {
    code: 'request-refused',
    message: `Kibana refuses the request (${status})${quoted(said)}.`,
    remedy: 'Check --kibana-url and what lies between. If both are right, please report it with the version of Kibana.',
  };
}

export function unsupportedVersion(version: string): Problem {
  return {
    code: 'unsupported-version',
    message: `This is Kibana ${version}; the dashboards and rules need 8.19, or 9.1 and later.`,
    remedy: 'Upgrade Kibana. Shipping works without it.',
  };
}

export function noSuchSpace(space: string): Problem {
  return {
    code: 'no-space',
    message: `Kibana has no space ${space}, or the key or user may not see it.`,
    remedy: 'Check --kibana-space: it is the identifier, as in the URL after /s/, not the name of the space.',
  };
}

export function importBrokenOff(what: string, { code, message, remedy }: Problem): Problem {
  return {
    code,
    message: `${message} It broke off amid the import of the ${what}: Kibana may have taken them, or not.`,
    remedy: `Run setup again: it looks at what is there and does the rest. ${remedy}`,
  };
}

export function importRefused(what: string, reasons: readonly string[]): Problem {
  const shown = reasons.slice(0, 5).join('; ');
  const more = reasons.length > 5 ? `; and ${reasons.length - 5} more` : '';
  return {
    code: 'import-refused',
    message: `Kibana did not take all ${what}${quoted(shown + more)}.`,
    remedy: 'What it took stays. Mend the cause and run setup again, which does the rest.',
  };
}
