export const REGISTRY_VERSION: string;
export const registryUnsupported: (platform?: string, arch?: string) => string | undefined;
export const runtimePath: (entryName: string) => string | undefined;
export const registryRuntime: (say?: (line: string) => void) => Promise<string>;
