import { describe, expect, it } from 'vitest';
import { missingPrerequisite, parseProviders, providerOrder } from '../../../../src/main/inference/providers.ts';

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
  const nothing = () => false;

  it('spares a try that can only fail', () => {
    expect(missingPrerequisite('cuda', 'linux', '/runtime', {}, nothing)).toContain('CUDA library');
    expect(missingPrerequisite('webgpu', 'linux', '/runtime', {}, nothing)).toContain('Vulkan driver');
  });

  it('lets a provider be tried where its library or driver may be', () => {
    const cuda = (path: string) => path === '/runtime/libonnxruntime_providers_cuda.so';
    expect(missingPrerequisite('cuda', 'linux', '/runtime', {}, cuda)).toBeUndefined();
    expect(
      missingPrerequisite('webgpu', 'linux', '/runtime', { VK_ICD_FILENAMES: '/x.json' }, nothing),
    ).toBeUndefined();
    expect(missingPrerequisite('webgpu', 'linux', '/r', {}, (p) => p === '/usr/share/vulkan/icd.d')).toBeUndefined();
    expect(missingPrerequisite('webgpu', 'darwin', '/runtime', {}, nothing)).toBeUndefined();
    expect(missingPrerequisite('cpu', 'linux', '/runtime', {}, nothing)).toBeUndefined();
  });
});
