import { resolve } from 'node:path';
import { type BundleFile, type SelfCheck, sayFinding, worstOf } from '#shared/self-check.ts';
import { writeBundle } from '../../../support/bundle.ts';
import { type Terminal, table } from '../terminal.ts';

export const selfCheckJson = ({ at, findings }: SelfCheck) => ({
  at,
  state: worstOf(findings),
  findings: findings.map((one) => ({ ...one, ...sayFinding(one) })),
});

export const showSelfCheck = ({ findings }: SelfCheck, terminal: Terminal): void => {
  const rows = findings.map((one) => [one.subject, one.state, sayFinding(one).says]);
  terminal.result(table(['What', 'State', 'Found'], rows));
  for (const one of findings) if (one.state !== 'good') terminal.note(`${one.subject}: ${sayFinding(one).remedy}`);
};

/** Everything that would leave, on standard output; written only where a folder is named. */
export const showBundle = async (
  files: readonly BundleFile[],
  out: string | undefined,
  terminal: Terminal,
): Promise<void> => {
  for (const { name, text } of files) terminal.result(`--- ${name}\n${text.trimEnd()}`);
  if (out === undefined) terminal.note('Nothing was written. Name a folder with -o to write what is shown.');
  else terminal.note(`Written to ${resolve(out, await writeBundle(files, resolve(out), new Date()))}`);
};
