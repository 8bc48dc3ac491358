import { GenericContainer } from 'testcontainers';
import { sharedByAll } from '../helpers/shared-server.ts';

/** The base of the image, which is not ours to slim. */
export const BASE = 'node:24-bookworm-slim';

const TAG = 'atlassian-shipper:test';

/** The image as the Dockerfile makes it, built once a run: its name. */
export function shipperImage(): Promise<string> {
  return sharedByAll('shipper-image', async () => {
    await GenericContainer.fromDockerfile(process.cwd()).build(TAG, { deleteOnExit: false });
    return TAG;
  });
}
