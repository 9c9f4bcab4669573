/** Execution providers of ONNX Runtime: which to try, in which order, and whether trying makes sense. */
import { existsSync, readdirSync } from 'node:fs';
import { AppError } from '#shared/errors.ts';

export const providerNames = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const;
export type ProviderName = (typeof providerNames)[number];

const byPlatform: Partial<Record<NodeJS.Platform, ProviderName[]>> = {
  win32: ['cuda', 'dml', 'webgpu', 'cpu'],
  darwin: ['coreml', 'webgpu', 'cpu'],
};
const elsewhere: ProviderName[] = ['cuda', 'webgpu', 'cpu'];

/**
 * The providers to try, best first. `forced` is the setting `HAICAST_PROVIDERS`, e.g. `cpu` or `webgpu,cpu`: exactly
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

/** Where Vulkan's loader looks for drivers on Linux (Vulkan-Loader, LoaderDriverInterface.md). */
const vulkanDriverFolders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];
const vulkanDriverSettings = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES'];

const holdsDriver = (folder: string): boolean => {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.json'));
  } catch {
    return false;
  }
};

/** What is asked of this computer, so that a test can answer. */
export interface SystemProbe {
  env: NodeJS.ProcessEnv;
  hasFile: (path: string) => boolean;
  /** Whether a folder holds a Vulkan driver's description. */
  hasVulkanDriver: (folder: string) => boolean;
}
const thisSystem: SystemProbe = { env: process.env, hasFile: existsSync, hasVulkanDriver: holdsDriver };

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
  { env, hasFile, hasVulkanDriver }: SystemProbe = thisSystem,
): string | undefined => {
  if (platform !== 'linux') return undefined;
  if (provider === 'cuda' && !hasFile(`${runtimeFolder}/libonnxruntime_providers_cuda.so`)) {
    return "ONNX Runtime's CUDA library is not installed.";
  }
  if (
    provider === 'webgpu' &&
    !vulkanDriverSettings.some((name) => env[name]) &&
    !vulkanDriverFolders.some(hasVulkanDriver)
  ) {
    return 'No Vulkan driver is installed.';
  }
  return undefined;
};
