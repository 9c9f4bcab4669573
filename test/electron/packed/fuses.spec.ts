/** 19 of Electron's checklist: what the released executable can never do, read from the executable itself. */
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '../fixtures.ts';
import { releasedExecutable } from './packed-app.ts';

const OFF = FuseState.DISABLE;
const ON = FuseState.ENABLE;

test('19 fuses: no RunAsNode, NODE_OPTIONS or inspector; encrypted cookies; an intact asar and nothing else', async () => {
  const wire = await getCurrentFuseWire(releasedExecutable());
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: OFF,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
    [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
    [FuseV1Options.EnableCookieEncryption]: ON,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
    [FuseV1Options.OnlyLoadAppFromAsar]: ON,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: OFF,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
  });
});
