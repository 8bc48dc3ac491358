/**
 * The headers by which a server recognises what it is asked. Version 9 of the client speaks to version 9; a server of
 * version 8 refuses that (`media_type_header_exception`) and is spoken to as such from then on; whoever knows neither
 * is Elastic Cloud Serverless, which counts by the date of its API.
 * https://www.elastic.co/docs/reference/elasticsearch/rest-apis/compatibility
 */
export type Dialect = 'stack-9' | 'stack-8' | 'serverless';

export const FIRST_DIALECT: Dialect = 'stack-9';

export const WRONG_DIALECT = 'media_type_header_exception';

/** What to try when a server has refused this one. */
export function nextDialect(dialect: Dialect): Dialect | undefined {
  switch (dialect) {
    case 'stack-9':
      return 'stack-8';
    case 'stack-8':
      return 'serverless';
    case 'serverless':
      return undefined;
  }
}

export type Content = 'json' | 'x-ndjson';

export function dialectHeaders(dialect: Dialect, content: Content): Readonly<Record<string, string>> {
  switch (dialect) {
    case 'stack-9':
    case 'stack-8': {
      const version = dialect === 'stack-9' ? 9 : 8;
      const type = (kind: Content) => `application/vnd.elasticsearch+${kind}; compatible-with=${version}`;
      return { 'content-type': type(content), accept: type('json') };
    }
    case 'serverless':
      return {
        'content-type': `application/${content}`,
        accept: 'application/json',
        'elastic-api-version': '2023-10-31',
      };
  }
}
