import { type Problem, quoted } from '../../core/problem.ts';

/** What can be wrong with a receiver, in words for whoever has to mend it. Texts of the server come masked. */

const HOW_LONG = 'Nothing is lost; it is tried again.';

export function unauthorized(status: number, said: string): Problem {
  return {
    code: status === 401 ? 'unauthorized' : 'forbidden',
    message: `The OTLP receiver refuses the headers that open it (${status})${quoted(said)}.`,
    remedy:
      'Check the header (Authorization, or what the backend calls it) and its key. A headers_file is read again without a restart.',
  };
}

export function notFound(said: string): Problem {
  return {
    code: 'not-found',
    message: `There is no OTLP receiver for logs at the URL (404)${quoted(said)}.`,
    remedy:
      'Check the URL: endpoint is the base, to which /v1/logs is appended; logs_endpoint is taken as it is. Check that the receiver has a pipeline for logs.',
  };
}

export function unsupported(said: string): Problem {
  return {
    code: 'unsupported',
    message: `The OTLP receiver does not take this encoding (415)${quoted(said)}.`,
    remedy: 'Try the other protocol (http/protobuf, http/json), or compression: none.',
  };
}

export function redirected(status: number): Problem {
  return {
    code: 'redirected',
    message: `The address of the OTLP receiver answers with a redirect (${status}).`,
    remedy: 'Redirects are not followed. Check the URL and proxies.',
  };
}

export function unexpected(status: number, said: string): Problem {
  return {
    code: 'request-refused',
    message: `The OTLP receiver gives an answer that the protocol does not know (${status})${quoted(said)}.`,
    remedy: `${HOW_LONG} Look at the receiver, its URL, and what lies between.`,
  };
}

export function throttled(said: string): Problem {
  return {
    code: 'throttled',
    message: `The OTLP receiver is overloaded (429)${quoted(said)}.`,
    remedy: `${HOW_LONG} If it lasts, look at the receiver: its queue, its limits, its backend.`,
  };
}

export function unavailable(status: number, said: string): Problem {
  return {
    code: 'unavailable',
    message: `The OTLP receiver can't serve the request (${status})${quoted(said)}.`,
    remedy: `${HOW_LONG} If it lasts, look at the receiver and at the backend behind it.`,
  };
}

export function unreachable(detail: string): Problem {
  return {
    code: 'unreachable',
    message: `No answer from the OTLP receiver${quoted(detail)}.`,
    remedy: wayOut(detail),
  };
}

function wayOut(detail: string): string {
  switch (true) {
    case /wrong version number|packet length too long|http request/i.test(detail):
      return 'It seems to speak plain HTTP: write http:// in the URL, or check the port.';
    case /certificate|self.signed|issuer|altnames/i.test(detail):
      return 'If the receiver is the right one, set the CA of its certificate: ca_file (OTEL_EXPORTER_OTLP_CERTIFICATE).';
    case /HTTP\/2|parse error|expected http/i.test(detail):
      return 'It seems to speak gRPC, not HTTP: the port for OTLP over HTTP is usually 4318, not 4317.';
    default:
      return 'Check the URL (OTLP over HTTP is usually at port 4318), DNS, firewall and proxy.';
  }
}

export function timedOut(detail: string): Problem {
  return {
    code: 'timeout',
    message: `The OTLP receiver gave no answer in time${quoted(detail)}.`,
    remedy: `${HOW_LONG} If it lasts, look at the receiver and the backend behind it, or raise timeout.`,
  };
}

export function notOtlp(what: string): Problem {
  return {
    code: 'not-otlp',
    message: `What answers is no OTLP receiver: ${what}.`,
    remedy:
      'Check the URL and what lies between, such as a login page. Nothing counts as delivered until OTLP says so.',
  };
}

/** Records that are refused, and nothing to show that others are taken. */
export function refusesAll(reason: string): Problem {
  return {
    code: 'refuses-everything',
    message: `The OTLP receiver takes no record${quoted(reason)}.`,
    remedy:
      'Look at the receiver and the backend behind it. As long as nothing is taken, records wait for refuse_after before they go to the dead letter.',
  };
}

/** Time is up, and some requests were not begun. */
export function unfinished(): Problem {
  return {
    code: 'unfinished',
    message:
      'The OTLP receiver is slow, or finding what it refuses takes long: half of export_timeout is over, and not all records are sent.',
    remedy: `${HOW_LONG} If it lasts, look at the receiver, lower batch.max_documents, or raise pipeline.export_timeout.`,
  };
}

export function refusesEmpty(reason: string): Problem {
  return {
    code: 'request-refused',
    message: `The OTLP receiver refuses a request without records${quoted(reason)}.`,
    remedy: 'Check the URL, the protocol (http/protobuf, http/json) and what lies between.',
  };
}
