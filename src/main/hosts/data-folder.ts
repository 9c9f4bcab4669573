import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where records, settings and installed models are kept: HAICAST_DATA, else the place that the system has for it. */
export const dataFolderOf = (
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string => {
  if (env.HAICAST_DATA) return env.HAICAST_DATA;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'haicast');
  // Not the roaming profile: that is copied to servers and other computers, and torn where a file grows.
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'haicast');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'haicast');
};

/**
 * The same, with what an earlier release kept in a roaming profile moved there first. Where it cannot be moved, as from a
 * profile on a server, it is used where it is.
 */
export const settleDataFolder = (
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string => {
  const folder = dataFolderOf(env, platform, home);
  if (platform !== 'win32' || env.HAICAST_DATA) return folder;
  const roaming = join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'haicast');
  if (existsSync(folder) || !existsSync(roaming)) return folder;
  try {
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(roaming, folder);
    return folder;
  } catch {
    return roaming;
  }
};
