/** Execution providers of ONNX Runtime: which to try, in which order, and whether trying makes sense. */
import { existsSync } from 'node:fs';
import { AppError } from '#shared/errors.ts';
import { type ProviderName, providerNames } from '#shared/model/providers.ts';
import { type Missing, missingForVulkan } from './vulkan.ts';

const byPlatform: Partial<Record<NodeJS.Platform, ProviderName[]>> = {
  win32: ['cuda', 'dml', 'webgpu', 'cpu'],
  darwin: ['coreml', 'webgpu', 'cpu'],
};
const elsewhere: ProviderName[] = ['cuda', 'webgpu', 'cpu'];

/**
 * The providers to try. `forced` is the setting `HAICAST_PROVIDERS`, e.g. `cpu` or `webgpu,cpu`: exactly
 * those and no others. Throws `AppError('unknown-provider')`.
 */
export const providerOrder = (platform: NodeJS.Platform, forced: readonly string[] = []): ProviderName[] => {
  if (forced.length === 0) return [...(byPlatform[platform] ?? elsewhere)];
  return forced.map((name) => {
    const known = providerNames.find((one) => one === name.trim().toLowerCase());
    if (known) return known;
    throw new AppError(
      'unknown-provider',
      `HAICAST_PROVIDERS names "${name}". Known are ${providerNames.join(', ')}.`,
      { params: { provider: name } },
    );
  });
};

/** The setting's text as a list; empty where it is not set. */
export const parseProviders = (setting: string | undefined): string[] =>
  (setting ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** What is asked of this computer, so that a test can answer. */
export interface SystemProbe {
  hasFile: (path: string) => boolean;
  missingForVulkan: () => Missing | undefined;
}
const thisSystem: SystemProbe = { hasFile: existsSync, missingForVulkan };

/**
 * Why a provider cannot work here, known without trying; undefined where it may. Trying one that lacks its driver or
 * library only writes native noise to the error stream.
 *
 * @param runtimeFolder folder of ONNX Runtime's native libraries
 */
export const missingPrerequisite = (
  provider: string,
  platform: NodeJS.Platform,
  runtimeFolder: string,
  system: SystemProbe = thisSystem,
): Missing | undefined => {
  if (platform !== 'linux') return undefined;
  if (provider === 'cuda' && !system.hasFile(`${runtimeFolder}/libonnxruntime_providers_cuda.so`)) {
    return { code: 'no-cuda-library', text: "ONNX Runtime's CUDA library is not installed." };
  }
  return provider === 'webgpu' ? system.missingForVulkan() : undefined;
};
