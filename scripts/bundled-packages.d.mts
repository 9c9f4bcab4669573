import type { Plugin } from 'vite';

export const packageFolderOf: (id: string) => string | undefined;
export const bundledPackages: (name: string) => Plugin;
export const readBundledPackages: () => string[];
