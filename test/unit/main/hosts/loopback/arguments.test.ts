import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../../../../src/main/hosts/loopback/arguments.ts';
import { browserEnvironment, openerFor } from '../../../../../src/main/hosts/loopback/open-browser.ts';

describe('the arguments of npm start', () => {
  test.each([
    [[], { port: 0, open: true }],
    [['--no-open', '--port', '8080'], { port: 8080, open: false }],
    [['--recovery-key-file', '/key'], { port: 0, open: true, recoveryKeyFile: '/key' }],
    [['--port=0', '/images'], { port: 0, open: true, path: '/images' }],
  ])('%j', (args, expected) => {
    expect(parseArguments(args)).toStrictEqual(expected);
  });

  test.each([
    [['--port']],
    [['--port', 'x']],
    [['--port=65536']],
    [['--port=-1']],
    [['--what']],
    [['--recovery-key-file']],
    [['/a', '/b']],
  ])('%j is refused and says how it is used', (args) => {
    expect(() => parseArguments(args)).toThrow(/Use: npm start/);
  });
});

describe('opening the browser', () => {
  test('hands on nothing that haicast was told, a passphrase least of all', () => {
    const env = {
      PATH: '/bin',
      DISPLAY: ':0',
      HAICAST_PASSPHRASE: 'a',
      HAICAST_EXPORT_PASSPHRASE: 'b',
      Haicast_Data: 'c',
    };
    expect(browserEnvironment(env)).toStrictEqual({ PATH: '/bin', DISPLAY: ':0' });
  });

  test('is left alone where there is no screen', () => {
    expect(openerFor('linux', {})).toBeUndefined();
    expect(openerFor('linux', { DISPLAY: '' })).toBeUndefined();
  });

  test.each([
    ['linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
    ['darwin', {}, 'open'],
    ['win32', {}, 'rundll32'],
  ] as const)('on %s with %j is done by %s', (platform, env, command) => {
    expect(openerFor(platform, env)?.command).toBe(command);
  });
});
