import type { ProviderName } from '#shared/model/providers.ts';

/** As their makers write them, in every language. */
export const providerTitles: Readonly<Record<ProviderName, string>> = {
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'Core ML',
  webgpu: 'WebGPU',
  cpu: 'CPU',
};
