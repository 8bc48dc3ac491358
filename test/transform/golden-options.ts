import type { TransformOptions } from '../../src/transform/to-ecs.ts';

/** What the golden documents were made with. */
export const GOLDEN_OPTIONS: TransformOptions = {
  organizationId: '0a0b0c0d-1111-4222-8333-444455556666',
  namespace: 'default',
  shipperVersion: '1.2.3',
};
