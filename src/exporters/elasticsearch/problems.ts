import { type Problem, quoted } from '../../core/problem.ts';

/** What can be wrong with Elasticsearch, in words for whoever has to mend it. Texts of the server come masked. */

const HOW_LONG = 'While shipping, it is tried again.';

export function unauthorized(said: string): Problem {
  return {
    code: 'unauthorized',
    message: `Elasticsearch does not accept the API key or password (401)${quoted(said)}.`,
    remedy:
      'Check the key or the user and password. A new one can be put into its file without a restart: the file is read again.',
  };
}

export function forbidden(said: string): Problem {
  return {
    code: 'forbidden',
    message: `Elasticsearch refuses for lack of privileges (403)${quoted(said)}.`,
    remedy:
      'Give the key or user the privileges that "atlassian-shipper setup --privileges" prints; "check" names what is missing.',
  };
}

export function throttled(said: string): Problem {
  return {
    code: 'throttled',
    message: `Elasticsearch is overloaded (429)${quoted(said)}.`,
    remedy: `${HOW_LONG} If it lasts, look at the cluster: its load, its memory and its disk watermarks.`,
  };
}

export function unavailable(status: number, said: string): Problem {
  return {
    code: 'unavailable',
    message: `Elasticsearch can't serve the request (${status})${quoted(said)}.`,
    remedy: `${HOW_LONG} If it lasts, look at the health of the cluster.`,
  };
}

export function unreachable(detail: string): Problem {
  // OpenSSL says where in its own sources it stood, Node how it could be started.
  const said = detail.replace(/^.*SSL routines:[^:]*:([^:]*):.*$/s, '$1').replace(/; if the root CA .*$/s, '');
  return { code: 'unreachable', message: `No answer from Elasticsearch${quoted(said)}.`, remedy: wayOut(detail) };
}

function wayOut(detail: string): string {
  switch (true) {
    case /wrong version number|packet length too long|http request/i.test(detail):
      return 'It seems to speak plain HTTP: write http:// in the URL, or check the port.';
    case /certificate|self.signed|issuer|altnames|fingerprint/i.test(detail):
      return 'If the server is the right one, set the CA of its certificate: ca_file (ELASTICSEARCH_CA_FILE).';
    case /ECONNRESET|other side closed|hang up|disconnected/i.test(detail):
      return 'The connection was cut. If it never works, the server may expect https:// in the URL; check proxies, too.';
    default:
      return 'Check the URL (without a port it is 443 or 80; Elasticsearch usually has 9200), DNS, firewall and proxy.';
  }
}

export function timedOut(detail: string): Problem {
  return {
    code: 'timeout',
    message: `Elasticsearch gave no answer in time${quoted(detail)}.`,
    remedy: `${HOW_LONG} If it lasts, look at the load of the cluster, or raise request_timeout.`,
  };
}

export function notElasticsearch(): Problem {
  return {
    code: 'not-elasticsearch',
    message: 'What answers is not Elasticsearch: the header X-Elastic-Product or readable JSON is missing.',
    remedy:
      'Check the URL and what lies between: a login page, or a proxy that removes headers. OpenSearch is not supported.',
  };
}

export function redirected(status: number): Problem {
  return {
    code: 'redirected',
    message: `Elasticsearch's address answers with a redirect (${status}).`,
    remedy: 'Redirects are not followed. Check the URL and proxies.',
  };
}

export function tooLarge(): Problem {
  return {
    code: 'too-large',
    message: 'The request is larger than the server takes (413).',
    remedy:
      'Lower batch.max_bytes, or raise http.max_content_length of Elasticsearch or the limit of the proxy before it.',
  };
}

export function requestRefused(status: number, said: string): Problem {
  return {
    code: 'request-refused',
    message: `Elasticsearch refuses the request (${status})${quoted(said)}.`,
    remedy: 'Check the URL, for instance for a path that does not belong there, and what lies between.',
  };
}

/** Something in the cluster keeps documents out, whatever is in them. */
export function blocked(said: string): Problem {
  return {
    code: 'blocked',
    message: `Elasticsearch lets no document into the data stream${quoted(said)}.`,
    remedy:
      'Mend that in the cluster: a missing ingest pipeline ("atlassian-shipper setup" installs ours), a closed or blocked index.',
  };
}

export function noDataStream(name: string): Problem {
  return {
    code: 'no-data-stream',
    message: `${name} is an ordinary index or an alias, not a data stream.`,
    remedy: 'Give it another name, by reindexing it, and delete it; or ship to another namespace.',
  };
}

/** Documents may be there already, and nothing is sent as long as nobody can tell. */
export function cannotLook(index: string, said: string): Problem {
  return {
    code: 'blocked',
    message: `Whether documents are in ${index} already can't be seen${quoted(said)}.`,
    remedy: `${HOW_LONG} If it lasts, look at that index: it may be closed, or its shards may be missing.`,
  };
}

export function unreadableItem(): Problem {
  return {
    code: 'not-elasticsearch',
    message: 'The answer to a bulk request does not tell about every document.',
    remedy: 'Check what lies between the shipper and Elasticsearch.',
  };
}
