import { spawn } from 'node:child_process';

/** The program that opens a web address, or undefined where there is no screen to open it on. */
export const openerFor = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): { command: string; args: string[] } | undefined => {
  if (platform === 'darwin') return { command: 'open', args: [] };
  // `start` is a word of the shell; this is what it calls, and no shell sees the address.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  return env.DISPLAY || env.WAYLAND_DISPLAY ? { command: 'xdg-open', args: [] } : undefined;
};

/**
 * What haicast is told of its own, a passphrase among it, is for no browser: what it is started with, every process of its
 * reads. The rest is the user's, and a browser needs more of it than can be named.
 */
export const browserEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^haicast_/i.test(name)));

/** Opens the address where that can be done; where not, the printed line is enough. */
export const openBrowser = (url: string): void => {
  const opener = openerFor(process.platform, process.env);
  if (!opener) return;
  const child = spawn(opener.command, [...opener.args, url], {
    env: browserEnvironment(process.env),
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', () => undefined);
  child.unref();
};
