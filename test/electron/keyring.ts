/** A real Secret Service of its own: gnome-keyring in a private D-Bus session, for one test. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Keyring {
  /** For the application: which session bus is its own. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** Why there can be no keyring here; undefined where there can. */
export const keyringProblem = (): string | undefined => {
  if (process.platform !== 'linux') return 'the Secret Service is a Linux matter';
  const missing = ['dbus-daemon', 'gnome-keyring-daemon', 'gdbus'].filter(
    (name) => spawnSync('which', [name]).status !== 0,
  );
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
};

const firstLine = async (child: ChildProcess): Promise<string> => {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error(`${child.spawnfile} ended without a line`);
};

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
};

/** Answers once the keyring has taken its name on the bus. Must not block: the password is still on its way. */
const waitForSecrets = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const waiting = spawn('gdbus', ['wait', '--session', '--timeout', '20', 'org.freedesktop.secrets'], {
    env,
    stdio: 'ignore',
  });
  const [code] = await once(waiting, 'exit');
  if (code !== 0) throw new Error('the keyring did not come up within 20 s');
};

/** Starts an unlocked, empty keyring. */
export const startKeyring = async (): Promise<Keyring> => {
  const home = await mkdtemp(join(tmpdir(), 'haicast-keyring-'));
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, XDG_RUNTIME_DIR: home },
  });
  const address = await firstLine(bus);
  const env = { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: home };
  const daemonEnv = { ...process.env, ...env, HOME: home, XDG_DATA_HOME: join(home, 'data') };
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: daemonEnv,
  });
  daemon.stdin?.end('a password of the test');
  await waitForSecrets(daemonEnv);
  return {
    env,
    stop: async () => {
      await ended(daemon);
      await ended(bus);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
