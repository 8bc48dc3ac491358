import { readVersion } from '../../src/runtime/version.ts';

/** Name of the package, and what every id of a dashboard in it has to begin with. */
export const PACKAGE_NAME = 'atlassian_shipper';

/** The shipper's own. */
export const packageVersion = (): string => readVersion();
