import { join } from 'node:path';

/** Where records, settings and installed models are kept: HAICAST_DATA, else the place that the system has for it. */
export const dataFolderOf = (
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string => {
  if (env.HAICAST_DATA) return env.HAICAST_DATA;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'haicast');
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'haicast');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'haicast');
};
