import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { ConfigError, errorCode } from '../../core/errors.ts';
import type { ElasticsearchConnectionConfig } from './config.ts';

type Trust = Pick<ElasticsearchConnectionConfig, 'caFile' | 'caFingerprint'>;

/** Whom to trust. With a fingerprint the client itself checks who has signed, before anything is sent. */
export function tlsOptions({ caFile, caFingerprint }: Trust): ConnectionOptions {
  return {
    ...(caFile !== undefined && { ca: readCa(caFile) }),
    ...(caFingerprint !== undefined && { rejectUnauthorized: false }),
  };
}

function readCa(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigError(
      `The CA file ${file} of Elasticsearch can't be read (${errorCode(error) ?? 'unknown error'}). Check exporters.elasticsearch.ca_file (ELASTICSEARCH_CA_FILE).`,
      { cause: error },
    );
  }
}
