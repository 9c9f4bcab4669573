import { randomUUID } from 'node:crypto';
import type { Settings } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { BundleFile } from '#shared/self-check.ts';
import { bundleOf, endOfLog, writeBundle } from '../support/bundle.ts';
import { type SelfCheckOptions, selfCheck } from '../support/self-check.ts';
import type { CallOptions } from '../workers/client.ts';
import type { DestinationResolver } from './deidentify.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface SupportHandlerOptions {
  checked: SelfCheckOptions;
  settings: () => Settings;
  managed: () => readonly string[];
  logFile: string;
  jobs: Jobs;
  resolveDestination: DestinationResolver;
  /** Keeps in the audit log that a bundle has left. */
  note: (action: string, detail: Record<string, unknown>) => void;
}

export const supportHandlers = (options: SupportHandlerOptions): HandlersOf<'support'> => {
  const { checked, settings, managed, logFile, jobs, resolveDestination, note } = options;
  /** The one that was shown last: what is saved is that and no other. */
  let shown: { id: string; files: BundleFile[] } | undefined;

  const check = ({ signal, onProgress }: Required<CallOptions>) =>
    selfCheck(checked, { signal, onStep: (done, total) => onProgress('check', done, total) });

  return {
    'support.selfCheck': ({ jobId }) => jobs.run(jobId, check),
    'support.preview': ({ jobId }) =>
      jobs.run(jobId, async (call) => {
        const { version, platform, versions } = checked;
        const files = bundleOf({
          check: await check(call),
          version,
          platform,
          versions,
          settings: settings(),
          managed: managed(),
          log: await endOfLog(logFile),
        });
        shown = { id: randomUUID(), files };
        return shown;
      }),
    'support.save': async ({ id, destination }) => {
      if (shown?.id !== id) {
        throw new AppError(
          'bundle-gone',
          'What was shown is no longer at hand. Look at the bundle again, then save it.',
        );
      }
      const folder = await writeBundle(shown.files, resolveDestination(destination), new Date());
      note('support.exported', { written: shown.files.length });
      return { folder, files: shown.files.length };
    },
  };
};
