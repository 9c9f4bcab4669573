export const unpackedFolder: (output: string, platform?: NodeJS.Platform, arch?: string) => string;
export const executableIn: (unpacked: string, platform?: NodeJS.Platform) => string;
export const packApplication: (options: {
  args?: string[];
  /** The Electron to pack; without one electron-builder downloads the pinned version. */
  runtime?: { folder: string; version: string };
  output?: string;
}) => Promise<number>;
