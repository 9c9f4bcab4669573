/** Packs the application by `electron-builder.yml`. */
import { join } from 'node:path';
import { projectNode, root } from './install.mjs';
import { run } from './run.mjs';

/** Where electron-builder puts the unpacked application, below its output folder. */
export const unpackedFolder = (output, platform = process.platform, arch = process.arch) => {
  const name = { win32: 'win', darwin: 'mac', linux: 'linux' }[platform];
  // x64 is the architecture that electron-builder does not name; macOS puts the bundle where others put `-unpacked`.
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  return join(output, platform === 'darwin' ? `${name}${suffix}` : `${name}${suffix}-unpacked`);
};

export const executableIn = (unpacked, platform = process.platform) =>
  join(unpacked, { win32: 'haicast.exe', darwin: 'haicast.app/Contents/MacOS/haicast', linux: 'haicast' }[platform]);

/**
 * @param {{ args?: string[], runtime?: { folder: string, version: string } | undefined, output?: string }} options
 *   `runtime`: the Electron to pack; without one electron-builder downloads the pinned version
 * @returns {Promise<number>} the exit code
 */
export const packApplication = async ({ args = [], runtime, output }) => {
  const settings = [
    ...(runtime ? [`-c.electronDist=${runtime.folder}`, `-c.electronVersion=${runtime.version}`] : []),
    ...(output ? [`-c.directories.output=${output}`] : []),
  ];
  return run(projectNode(), [
    join(root, 'node_modules/electron-builder/cli.js'),
    ...args,
    ...settings,
    '--publish=never',
  ]);
};
