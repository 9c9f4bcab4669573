/** Run by start.mjs under the project's own Node: opens the workstation: in Electron where it can be had, else in the browser. */
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { findRuntime } from './electron-runtime.mjs';
import { projectNode, root } from './install.mjs';
import { run } from './run.mjs';

const say = (line) => console.log(line);
const args = process.argv.slice(2);
const wants = (flag) => args.includes(flag);
const passed = args.filter((arg) => arg !== '--runtime=registry' && arg !== '--browser');

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

const electron = async () => {
  if (wants('--browser')) return { kind: 'none', reason: 'the browser was asked for' };
  if (!hasDisplay()) return { kind: 'none', reason: 'there is no display' };
  return findRuntime({ allowRegistry: wants('--runtime=registry'), say });
};

const startElectron = (runtime) => {
  say(runtime.note);
  // Chromium's own sandbox refuses to run as root; a person's account keeps it.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { ELECTRON_RUN_AS_NODE: _unset, ...env } = process.env;
  return run(runtime.executable, [...asRoot, root, ...passed], {
    ...env,
    ...(runtime.sqliteBinding ? { HAICAST_SQLITE_BINDING: runtime.sqliteBinding } : {}),
  });
};

if (!ensureBuilt({ say })) process.exit(1);
const runtime = await electron();
if (runtime.kind === 'none') {
  say(`Starting in the browser: ${runtime.reason}.`);
  process.exitCode = await run(projectNode(), [join(root, 'src/main/hosts/loopback/main.ts'), ...passed]);
} else {
  process.exitCode = await startElectron(runtime);
}
