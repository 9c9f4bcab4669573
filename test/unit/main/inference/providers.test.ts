import { describe, expect, it } from 'vitest';
import {
  missingPrerequisite,
  parseProviders,
  providerOrder,
  type SystemProbe,
} from '../../../../src/main/inference/providers.ts';

describe('providerOrder', () => {
  it.each([
    ['win32', 'cuda dml webgpu cpu'],
    ['darwin', 'coreml webgpu cpu'],
    ['linux', 'cuda webgpu cpu'],
  ] as const)('on %s tries %s', (platform, order) => {
    expect(providerOrder(platform).join(' ')).toBe(order);
  });

  it('takes exactly what HAICAST_PROVIDERS names, and refuses what it does not know', () => {
    expect(providerOrder('linux', parseProviders(' WebGPU, cpu '))).toEqual(['webgpu', 'cpu']);
    expect(providerOrder('linux', parseProviders(undefined))).toHaveLength(3);
    expect(() => providerOrder('linux', ['gpu'])).toThrow('names "gpu"');
  });
});

describe('missingPrerequisite', () => {
  const noVulkan = { code: 'no-vulkan-driver', text: 'no Vulkan' };
  const bare: SystemProbe = { hasFile: () => false, missingForVulkan: () => noVulkan };
  const missing = (provider: string, system: Partial<SystemProbe> = {}, platform: NodeJS.Platform = 'linux') =>
    missingPrerequisite(provider, platform, '/runtime', { ...bare, ...system });

  it('spares a try that can only fail', () => {
    expect(missing('cuda')).toMatchObject({ code: 'no-cuda-library' });
    expect(missing('webgpu')).toBe(noVulkan);
  });

  it('lets a provider be tried where its library or driver may be', () => {
    expect(
      missing('cuda', { hasFile: (path) => path === '/runtime/libonnxruntime_providers_cuda.so' }),
    ).toBeUndefined();
    expect(missing('webgpu', { missingForVulkan: () => undefined })).toBeUndefined();
    expect(missing('webgpu', {}, 'darwin')).toBeUndefined();
    expect(missing('cpu')).toBeUndefined();
  });
});
