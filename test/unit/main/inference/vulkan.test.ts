import { describe, expect, it } from 'vitest';
import { isLoadable, missingForVulkan, type VulkanProbe } from '../../../../src/main/inference/vulkan.ts';

/** A computer with a loader and no driver. */
const computer: VulkanProbe = {
  env: {},
  home: '/home/someone',
  hasFile: () => false,
  namesIn: () => [],
  isLoadable: (library) => library === 'libvulkan.so.1',
};
const missing = (facts: Partial<VulkanProbe>) => missingForVulkan({ ...computer, ...facts });
const driverIn = (wanted: string) => (folder: string) => (folder === wanted ? ['lvp_icd.x86_64.json'] : []);

describe('a Vulkan device', () => {
  it('needs the loader, whatever drivers are described', () => {
    const facts = { isLoadable: () => false, namesIn: driverIn('/usr/share/vulkan/icd.d') };
    expect(missing(facts)).toMatchObject({
      code: 'no-vulkan-loader',
      text: 'The Vulkan loader (libvulkan.so.1) is not installed.',
    });
  });

  it('needs a driver', () => {
    expect(missing({})).toMatchObject({ code: 'no-vulkan-driver' });
    expect(missing({ namesIn: () => ['readme.txt'] })).toMatchObject({ code: 'no-vulkan-driver' });
  });

  it.each(['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/home/someone/.local/share/vulkan/icd.d'])(
    'may be had with a driver in %s',
    (folder) => {
      expect(missing({ namesIn: driverIn(folder) })).toBeUndefined();
    },
  );

  it('is looked for where the environment says, and only there', () => {
    const hasFile = (path: string) => path === '/drivers/there.json';
    const namesIn = driverIn('/usr/share/vulkan/icd.d');
    for (const name of ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES']) {
      expect(missing({ hasFile, env: { [name]: '/drivers/gone.json:/drivers/there.json' } })).toBeUndefined();
      expect(missing({ hasFile, namesIn, env: { [name]: '/drivers/gone.json' } })).toMatchObject({
        code: 'no-vulkan-driver',
      });
    }
    expect(missing({ hasFile, env: { VK_ADD_DRIVER_FILES: '/drivers/there.json' } })).toBeUndefined();
    expect(missing({ hasFile, namesIn, env: { VK_ADD_DRIVER_FILES: '/drivers/gone.json' } })).toBeUndefined();
    expect(missing({ namesIn: driverIn('/data/vulkan/icd.d'), env: { XDG_DATA_DIRS: '/data' } })).toBeUndefined();
  });
});

describe.runIf(process.platform === 'linux')('the dynamic linker (left out: only on Linux)', () => {
  it('is asked itself whether it finds a library', () => {
    // The C library is there, or this would not run; it is no addon, and found all the same.
    expect(isLoadable('libc.so.6')).toBe(true);
    expect(isLoadable('libhaicast-none.so.1')).toBe(false);
  });
});
