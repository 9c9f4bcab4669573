import { resolve } from 'node:path';
import type { Application } from '#shared/api.ts';
import { AppError, toErrorShape } from '#shared/errors.ts';
import { logCrashes } from '../../log/log.ts';
import { handedOverId } from '../../procedures/handed-over-use.ts';
import type { StudySource } from '../../study/records.ts';
import { projectFolder } from '../../workers/program-files.ts';
import { handOverRecoveryKey } from '../hand-over-recovery-key.ts';
import { createNodeApplication, dataFolder } from '../node-application.ts';
import { openRecords } from '../open-records.ts';
import { printable } from '../printable.ts';
import { parseArguments } from './arguments.ts';
import { Exports } from './exports.ts';
import { openBrowser } from './open-browser.ts';
import { startLoopback } from './server.ts';
import { UPLOAD_PREFIX, Uploads } from './uploads.ts';

const say = (line: string): void => {
  process.stdout.write(`${printable(line)}\n`);
};

const sayAside = (line: string): void => {
  process.stderr.write(`${printable(line)}\n`);
};

/** A path on this machine, or files that the browser handed over. */
const sourceResolver =
  (uploads: Uploads) =>
  (path: string): StudySource => {
    const uploadId = handedOverId(UPLOAD_PREFIX, path);
    if (uploadId === undefined) return { kind: 'path', path };
    const received = uploads.pathOf(uploadId);
    if (!received) {
      throw new AppError('upload-gone', 'The files are no longer there. Choose the study again.');
    }
    return { kind: 'upload', path: received };
  };

/** HAICAST_PASSPHRASE spares the question; where it does not fit, the page asks. */
const openWithPassphrase = async (application: Application, file: string | undefined): Promise<void> => {
  const passphrase = process.env.HAICAST_PASSPHRASE;
  if (!passphrase) return;
  try {
    const { recoveryKey } = await openRecords(application, passphrase);
    if (recoveryKey) handOverRecoveryKey(recoveryKey, { file, note: sayAside });
  } catch (error) {
    say(toErrorShape(error).message);
  }
};

const main = async (): Promise<void> => {
  const { port, open, path, recoveryKeyFile } = parseArguments(process.argv.slice(2));
  const uploads = new Uploads(dataFolder());
  const exports = new Exports(dataFolder());
  const application = await createNodeApplication({
    host: 'loopback',
    resolveSource: sourceResolver(uploads),
    resolveDestination: (destination) => exports.folderOf(destination),
  });
  logCrashes(application.log);
  await openWithPassphrase(application, recoveryKeyFile);
  process.on('exit', () => {
    uploads.removeAll();
    exports.removeAll();
  });

  const loopback = await startLoopback({
    application,
    rendererFolder: resolve(projectFolder, 'out/renderer'),
    uploads,
    exports,
    port,
    log: application.log,
    ...(path === undefined ? {} : { openAtStart: resolve(process.env.INIT_CWD ?? process.cwd(), path) }),
  });
  const address = loopback.newAddress();
  say(`haicast is at ${address}`);
  say('The address opens one browser on this machine. Press Enter for a new one, Ctrl+C to end haicast.');
  if (open) openBrowser(address);
  // Lines: each is an Enter. A service without a terminal has none.
  process.stdin.on('data', () => say(`haicast is at ${loopback.newAddress()}`));

  let closing = false;
  const close = () => {
    // A second Ctrl+C is a wish not to wait.
    if (closing) process.exit(1);
    closing = true;
    void Promise.allSettled([loopback.close(), application.close()]).then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, close);
};

main().catch((error: unknown) => {
  const { message, detail } = toErrorShape(error);
  sayAside(detail ? `${message}\n${detail}` : message);
  process.exit(1);
});
