/** `npm start`: opens the workstation, in Electron where it can be had, else in the browser. */
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { findElectron } from './electron.mjs';
import { projectNode, root } from './install.mjs';
import { run } from './run.mjs';

const say = (line) => console.log(line);
const args = process.argv.slice(2);
const passed = args.filter((arg) => arg !== '--browser');

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

const electron = async () => {
  if (args.includes('--browser')) return { kind: 'none', reason: 'the browser was asked for' };
  if (!hasDisplay()) return { kind: 'none', reason: 'there is no display' };
  return findElectron({ say });
};

const startElectron = (runtime) => {
  say(runtime.note);
  // Chromium's own sandbox refuses to run as root; a person's account keeps it.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { ELECTRON_RUN_AS_NODE: _unset, ...env } = process.env;
  return run(runtime.executable, [...asRoot, root, ...passed], { env });
};

if (!ensureBuilt({ say })) process.exit(1);
const runtime = await electron();
if (runtime.kind === 'none') {
  say(`Starting in the browser: ${runtime.reason}.`);
  process.exitCode = await run(projectNode(), [join(root, 'out/main/loopback.js'), ...passed]);
} else {
  process.exitCode = await startElectron(runtime);
}
