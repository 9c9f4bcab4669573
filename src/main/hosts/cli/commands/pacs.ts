import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { ShownPacsNode } from '#shared/pacs/node.ts';
import { type FoundStudies, pacsQuerySchema } from '#shared/pacs/query.ts';
import { type SentCase, sentKinds } from '#shared/report/export-kinds.ts';
import words from '#shared/words/en/export-case.ts';
import { CopyFolder } from '../../../files/copy-folder.ts';
import type { Call } from '../client.ts';
import { interruptible } from '../interruptible.ts';
import { readJson } from '../read-json.ts';
import { type Terminal, table } from '../terminal.ts';

/** A call with progress, which Ctrl+C cancels. */
const cancellable = <T>(call: Call, work: (jobId: string) => Promise<T>): Promise<T> => {
  const jobId = randomUUID();
  return interruptible((signal) => {
    signal.addEventListener('abort', () => void call('job.cancel', { jobId }));
    return work(jobId);
  });
};

export const listArchives = async (call: Call): Promise<ShownPacsNode[]> => (await call('settings.get', {})).pacs;

export const showArchives = (archives: readonly ShownPacsNode[], terminal: Terminal): void => {
  if (archives.length === 0) terminal.note('No image archive is named: haicast uses no network.');
  const rows = archives.map(({ name, kind, address, managed }) => [
    name,
    kind,
    address,
    managed ? 'by the administrator' : 'in Settings',
  ]);
  if (rows.length > 0) terminal.result(table(['archive', 'kind', 'address', 'named'], rows));
};

export const echoArchive = (call: Call, node: string): Promise<{ ms: number }> =>
  cancellable(call, (jobId) => call('pacs.echo', { node, jobId }));

/** What is looked for comes from a file: everybody on the computer reads a command line. */
export const findInArchive = async (call: Call, node: string, file: string): Promise<FoundStudies> => {
  const query = pacsQuerySchema.safeParse(await readJson(file));
  if (!query.success) {
    throw new AppError(
      'usage',
      `What is searched for is JSON with any of ${Object.keys(pacsQuerySchema.shape).join(', ')}, e.g. {"from": "2026-03-01"}.`,
      // Names of members alone.
      { detail: query.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).join('; ') },
    );
  }
  return await cancellable(call, (jobId) => call('pacs.find', { node, query: query.data, jobId }));
};

/** Without a name: what a terminal keeps names no patient. */
export const showFound = ({ studies, isMore }: FoundStudies, terminal: Terminal): void => {
  const rows = studies.map(({ studyInstanceUID, date, modalities, series, images }) => [
    studyInstanceUID,
    date,
    modalities.join(' '),
    String(series ?? ''),
    String(images ?? ''),
  ]);
  if (rows.length > 0) terminal.result(table(['study', 'date', 'modality', 'series', 'images'], rows));
  terminal.note(
    studies.length === 0 ? 'The archive has no study like this.' : 'Names and IDs are shown with --json alone.',
  );
  if (isMore) terminal.note(`These are the first ${studies.length}; the archive has more. Search more narrowly.`);
};

export interface FetchedInto {
  archive: string;
  studyInstanceUID: string;
  series: number;
  images: number;
  bytes: number;
  folder: string;
}

/** Images of a study into an empty folder, all of them or none. */
export const fetchFromArchive = async (
  call: Call,
  fetchedFolder: (path: string) => string,
  { node, study, series: only, out }: { node: string; study: string; series: readonly string[]; out: string },
): Promise<FetchedInto> => {
  const asked = pacsQuerySchema.safeParse({ studyInstanceUID: study });
  if (!asked.success)
    throw new AppError('usage', 'A study is named by its UID, digits and dots: `haicast pacs find` lists it.');
  // First of all: what was fetched would otherwise have nowhere to go.
  const copy = await CopyFolder.open(out, 0o600);
  try {
    const { studies } = await cancellable(call, (jobId) => call('pacs.find', { node, query: asked.data, jobId }));
    const found = studies.find(({ studyInstanceUID }) => studyInstanceUID === study);
    if (!found) throw new AppError('pacs-not-there', 'The image archive does not have this study.');
    const planned = (
      await cancellable(call, (jobId) => call('pacs.plan', { node, studyInstanceUID: study, jobId }))
    ).series.map(({ seriesInstanceUID }) => seriesInstanceUID);
    const series = only.length > 0 ? [...only] : planned;
    const { patientId } = found;
    const fetched = await cancellable(call, (jobId) =>
      call('pacs.fetch', { node, studyInstanceUID: study, patientId, series, jobId }),
    );
    const from = fetchedFolder(fetched.path);
    for (const name of await readdir(from)) await copy.write(`${name}.dcm`, await readFile(join(from, name)));
    const { images, bytes } = fetched;
    return { archive: node, studyInstanceUID: study, series: series.length, images, bytes, folder: out };
  } catch (error) {
    await copy.takeBack();
    throw error;
  }
};

type SentKind = (typeof sentKinds)[number];

/** Objects that an archive takes: the other kinds are for other systems. */
export const sentKindsOf = (list: string): SentKind[] =>
  list.split(',').map((name) => {
    const kind = sentKinds.find((one) => one === name.trim());
    if (kind) return kind;
    throw new AppError('usage', `A case is sent to an archive as ${sentKinds.join(', ')}; not as "${name}".`);
  });

export const sendToArchive = (
  call: Call,
  node: string,
  { id, as }: { id: string; as: SentKind[] },
): Promise<SentCase> => cancellable(call, (jobId) => call('pacs.send', { node, id, as, jobId }));

export const showSent = ({ sent, refused, notMade, namesImages }: SentCase, node: string, terminal: Terminal): void => {
  terminal.result(`Objects that ${node} has taken: ${sent}.`);
  if (refused.length > 0) {
    const statuses = [...new Set(refused)].map((status) => status.toString(16).toUpperCase().padStart(4, '0'));
    terminal.note(`Objects that ${node} did not take: ${refused.length} (status ${statuses.join(', ')}).`);
  }
  for (const { kind, reason } of notMade) terminal.note(`not made: ${kind}: ${words.reasons[reason]}`);
  if (!namesImages) terminal.note(words.noImages);
};
