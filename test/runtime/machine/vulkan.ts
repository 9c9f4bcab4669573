/** A graphics device in software: the Vulkan driver that Chromium brings, and the loader that it does not share. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isLoadable } from '../../../src/main/inference/vulkan.ts';
import { installedBrowser } from './browser.ts';
import type { Need } from './packages.ts';

const NAME = 'vk_swiftshader_icd.json';

/** The driver's description beside an installed Chromium; undefined where there is none. */
export const softwareVulkanDriver = (): string | undefined => {
  const browser = installedBrowser();
  const folders = ['/usr/lib/chromium', '/opt/google/chrome', ...(browser ? [dirname(realpathSync(browser))] : [])];
  return folders.map((folder) => join(folder, NAME)).find(existsSync);
};

/** Chromium's own loader lies where only Chromium looks. */
export const vulkanLoader: Need = {
  what: 'the Vulkan loader',
  packages: ['libvulkan1'],
  isThere: () => isLoadable('libvulkan.so.1'),
};
