import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

interface Locked {
  packages: Record<
    string,
    {
      version?: string;
      resolved?: string;
      dependencies?: Record<string, string>;
      optionalDependencies?: Record<string, string>;
    }
  >;
}

const { packages } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../package-lock.json'), 'utf8'),
) as Locked;

/** The folders in which Node, and npm, look for what the package at `path` needs. */
const placesFor = (path: string, name: string): string[] => {
  if (path === '') return [`node_modules/${name}`];
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')));
  return [`${path}/node_modules/${name}`, ...placesFor(parent, name)];
};

test('the lock names every package that another one asks for, also for other systems: npm ci refuses it otherwise', () => {
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !placesFor(path, name).some((place) => place in packages))
      .map((name) => `${path} needs ${name}`),
  );
  expect(missing).toStrictEqual([]);
});

test('the lock names versions, and no registry', () => {
  for (const [path, { version, resolved }] of Object.entries(packages)) {
    expect(version, path).toMatch(/^\d+\.\d+\.\d+/);
    expect(resolved, path).toBeUndefined();
  }
});
