/** Whether a Vulkan device can be had on Linux, as far as that is known without making one. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix } from 'node:path';
import type { DiskAccess } from '../workers/connection.ts';

const { delimiter, join } = posix;

/** The loader, by the name under which ONNX Runtime's WebGPU (Dawn) asks the system for it. */
const LOADER = 'libvulkan.so.1';

/**
 * Whether the system's dynamic linker finds a library and can load it. The linker itself is asked, because only it knows
 * its search path. Node takes every library for an addon: one that is none is loaded, refused and let go of again.
 */
export const isLoadable = (library: string): boolean => {
  try {
    process.dlopen({ exports: {} }, library);
    return true;
  } catch (error) {
    return error instanceof Error && error.message.startsWith('Module did not self-register');
  }
};

/** Names in a folder; none where it cannot be read. */
const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** What is asked of this computer, so that a test can answer. */
export interface VulkanProbe {
  env: NodeJS.ProcessEnv;
  home: string;
  hasFile: (path: string) => boolean;
  namesIn: (folder: string) => string[];
  isLoadable: (library: string) => boolean;
}
export const thisSystem: VulkanProbe = { env: process.env, home: homedir(), hasFile: existsSync, namesIn, isLoadable };

/** Where the loader looks for drivers' descriptions on Linux (Vulkan-Loader, LoaderDriverInterface.md). */
const driverFolders = ({ env, home }: VulkanProbe): string[] => {
  const several = (setting: string | undefined, otherwise: string) => (setting || otherwise).split(delimiter);
  return [
    env.XDG_CONFIG_HOME || join(home, '.config'),
    ...several(env.XDG_CONFIG_DIRS, '/etc/xdg'),
    '/usr/local/etc',
    '/etc',
    env.XDG_DATA_HOME || join(home, '.local/share'),
    ...several(env.XDG_DATA_DIRS, '/usr/local/share:/usr/share'),
  ].map((folder) => join(folder, 'vulkan/icd.d'));
};

const named = (setting: string | undefined) => (setting ?? '').split(delimiter).filter((path) => path !== '');

/**
 * What the inference process reads by Node's own means: whether there is a driver. Weights, the runtime and the driver are
 * read by native code, which asks nobody.
 */
export const inferenceAccess = (probe: VulkanProbe = thisSystem): DiskAccess => {
  const { VK_DRIVER_FILES, VK_ICD_FILENAMES, VK_ADD_DRIVER_FILES } = probe.env;
  const files = [VK_DRIVER_FILES, VK_ICD_FILENAMES, VK_ADD_DRIVER_FILES].flatMap(named);
  return { read: process.platform === 'linux' ? [...driverFolders(probe), ...files] : [] };
};

const hasDriver = (probe: VulkanProbe): boolean => {
  const { env, hasFile } = probe;
  // These replace the usual places; what VK_ADD_DRIVER_FILES names is looked at before them.
  const instead = named(env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES);
  if (instead.length > 0) return instead.some(hasFile);
  return (
    named(env.VK_ADD_DRIVER_FILES).some(hasFile) ||
    driverFolders(probe).some((folder) => probe.namesIn(folder).some((name) => name.endsWith('.json')))
  );
};

/** Something that is not installed, by a code and in English. */
export interface Missing {
  code: string;
  text: string;
}

/** What a Vulkan device lacks here; undefined where there may be one. */
export const missingForVulkan = (probe: VulkanProbe = thisSystem): Missing | undefined => {
  if (!probe.isLoadable(LOADER)) {
    return { code: 'no-vulkan-loader', text: `The Vulkan loader (${LOADER}) is not installed.` };
  }
  return hasDriver(probe) ? undefined : { code: 'no-vulkan-driver', text: 'No Vulkan driver is installed.' };
};
