import { dirname } from 'node:path';
import { test } from '../fixtures.ts';

const named = (name: 'HAICAST_RELEASED' | 'HAICAST_TWIN'): string => {
  const path = process.env[name];
  test.skip(!path, `${name} is not set: npm run test:electron packs the application first`);
  return path ?? '';
};

/** The application as it is released. */
export const releasedExecutable = (): string => named('HAICAST_RELEASED');
export const releasedFolder = (): string => dirname(releasedExecutable());

/** The same with the inspector's fuse on, so that it can be driven. */
export const twinExecutable = (): string => named('HAICAST_TWIN');
