import { randomBytes } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import {
  type DeidentificationPreview,
  type DeidentifyOptions,
  type DiffLine,
  type ExportResult,
  kindOf,
  pictureNotChecked,
} from '#shared/study/deidentify.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import type { ComposedApplication } from '../../../application.ts';
import { callsOf } from '../client.ts';
import { interruptible } from '../interruptible.ts';
import { keyFromFile } from '../key-file.ts';
import { chooseStudy, openStudies } from '../one-study.ts';
import { type Terminal, table } from '../terminal.ts';

export interface DeidentifyCommandOptions {
  out?: string;
  preview?: boolean;
  keyFile?: string;
  study?: string;
  series: string[];
  burnedInChecked?: boolean;
  cleanDescriptions: boolean;
  modifiedDates: boolean;
  patientCharacteristics: boolean;
  safePrivate: boolean;
}

export interface SeriesPreview {
  series: string;
  preview: DeidentificationPreview;
}

export type Deidentified = { previews: SeriesPreview[] } | { result: ExportResult };

const UNLINKED =
  'No --key-file: pseudonyms and date shifts come from a fresh key that is forgotten now. Another export of this patient cannot be linked with this one.';

const profileOf = (given: DeidentifyCommandOptions): DeidentifyOptions => ({
  cleanDescriptors: given.cleanDescriptions,
  modifiedDates: given.modifiedDates,
  patientCharacteristics: given.patientCharacteristics,
  safePrivate: given.safePrivate,
});

const chosenSeries = (all: readonly ScannedSeries[], ids: readonly string[]): string[] => {
  const unknown = ids.find((id) => !all.some((series) => series.id === id));
  if (unknown !== undefined) {
    throw new AppError('series-unknown', `There is no series ${unknown} here. \`haicast scan\` lists them.`);
  }
  return ids.length > 0 ? [...ids] : all.map(({ id }) => id);
};

/** A de-identified copy of one study in an empty folder, or with `--preview` what it would hold. */
export const deidentify = async (
  application: ComposedApplication,
  path: string,
  given: DeidentifyCommandOptions,
  terminal: Terminal,
): Promise<Deidentified> => {
  if (given.out === undefined && !given.preview) {
    throw new AppError('usage', 'Name an empty folder for the copy with -o, or ask for --preview.');
  }
  const key = given.keyFile === undefined ? randomBytes(32) : await keyFromFile(given.keyFile);
  if (given.keyFile === undefined) terminal.note(UNLINKED);
  const opened = await openStudies(callsOf(application), path);
  const seriesIds = chosenSeries(chooseStudy(opened, given.study).series, given.series);
  const common = { openId: opened.openId, key, options: profileOf(given) };
  if (given.preview || given.out === undefined) {
    const previews: SeriesPreview[] = [];
    for (const series of seriesIds) {
      const preview = await application.studies.previewDeidentified({ ...common, seriesId: series, index: 0 });
      previews.push({ series, preview });
    }
    return { previews };
  }
  const checkedSeriesIds = given.burnedInChecked ? seriesIds : [];
  const request = { ...common, seriesIds, checkedSeriesIds, folder: given.out };
  const onProgress = (_phase: string, done: number, total: number) => terminal.progress(`Image ${done} of ${total}`);
  const result = await interruptible((signal) =>
    application.studies.exportDeidentified(request, { signal, onProgress }),
  );
  return { result };
};

export const deidentifiedJson = (done: Deidentified) =>
  'result' in done ? done.result : { series: done.previews.map(({ series, preview }) => ({ series, ...preview })) };

const textOf = ({ before, size }: DiffLine): string => {
  if (size) return `${size.count} ${size.unit === 'items' ? 'item(s)' : 'bytes'}`;
  return before;
};

const rowOf = (line: DiffLine): string[] => [
  line.tag,
  `${'  '.repeat(line.depth)}${line.keyword}`,
  line.action,
  textOf(line),
  line.after ?? '',
  line.reason.text,
];

const showPreview = ({ series, preview }: SeriesPreview, terminal: Terminal): void => {
  const { lines, warnings, methods } = preview;
  // What stays as it is would hide the rest; --json has it.
  const changed = lines.filter((line) => kindOf(line) !== 'kept');
  terminal.result(`Series ${series}, first image`);
  for (const { text } of warnings) terminal.result(`Warning: ${text}`);
  terminal.result(table(['Tag', 'Attribute', 'Action', 'Before', 'After', 'Rule'], changed.map(rowOf)));
  terminal.result(`${lines.length - changed.length} attributes stay as they are.`);
  terminal.result(`Declared: ${methods.map(({ value, meaning }) => `${value} ${meaning}`).join('; ')}\n`);
};

export const showDeidentified = (done: Deidentified, terminal: Terminal): void => {
  if ('previews' in done) {
    for (const preview of done.previews) showPreview(preview, terminal);
    terminal.note('Nothing was written.');
    return;
  }
  const { written, skipped, warnings } = done.result;
  for (const { text, images } of warnings) terminal.result(`Warning, ${images} images: ${text}`);
  for (const { file, reason } of skipped) terminal.note(`not written ${file}: ${reason}`);
  const unchecked = skipped.filter(({ code }) => code === pictureNotChecked).length;
  if (unchecked > 0) {
    terminal.note(
      `${unchecked} images were left out, since their pictures may show who this is. Look at them, and where none shows a name, export into another folder with --burned-in-checked.`,
    );
  }
  terminal.result(`${written} images written, ${skipped.length} left out`);
};
