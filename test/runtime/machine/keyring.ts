import { hasCommand, type Need } from './packages.ts';

const command = (what: string, ...packages: string[]): Need => ({ what, packages, isThere: () => hasCommand(what) });

/** What a Secret Service of a test's own needs; Linux only. */
export const keyring: readonly Need[] =
  process.platform === 'linux'
    ? [
        command('dbus-daemon', 'dbus'),
        command('gdbus', 'libglib2.0-bin'),
        command('gnome-keyring-daemon', 'gnome-keyring', 'libsecret-1-0'),
      ]
    : [];
