/**
 * A report file carries what it says: its content as canonical JSON, and a SHA-256 of the file itself with that digest's
 * own place filled with zeros. So one changed byte anywhere is seen, and the content can be made anew from the file alone.
 * It is no signature: who makes a report of their own can make its digest, too. What was made here is in the audit log.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/canonical-json.ts';
import { AppError } from '#shared/errors.ts';
import { type ReportContent, reportContentSchema } from '#shared/report/report-content.ts';

const NO_DIGEST = '0'.repeat(64);

/** In a PDF as an entry of a dictionary, in HTML as an attribute. */
export const slots = {
  pdf: { before: '/Type /HaicastReport\n/Digest <', after: '>' },
  html: { before: '<script type="application/json" id="haicast-report" data-digest="', after: '">' },
} as const;

export type ReportFormat = keyof typeof slots;

/** SHA-256 of what the report says, lower-case hex: printed on its page. */
export const contentHash = (content: ReportContent): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex');

const placeOf = (file: Buffer, format: ReportFormat): number | undefined => {
  const { before, after } = slots[format];
  const at = file.indexOf(before, 0, 'latin1');
  const start = at + before.length;
  const isPlace = at >= 0 && file.subarray(start + 64, start + 64 + after.length).toString('latin1') === after;
  return isPlace ? start : undefined;
};

const digestAround = (file: Buffer, place: number): string =>
  createHash('sha256')
    .update(file.subarray(0, place))
    .update(NO_DIGEST)
    .update(file.subarray(place + 64))
    .digest('hex');

/** Fills the place of the digest, which has to hold zeros. */
export const withDigest = (file: Buffer, format: ReportFormat): Buffer => {
  const place = placeOf(file, format);
  if (place === undefined) throw new Error(`the ${format} has no place for its digest`);
  const filled = Buffer.from(file);
  filled.write(digestAround(file, place), place, 'latin1');
  return filled;
};

export const emptyDigest = NO_DIGEST;

const pdfContent = (file: Buffer, place: number): string => {
  const dictionary = file.subarray(place, place + 200).toString('latin1');
  const found = /^[0-9a-f]{64}>\n\/Length (\d+)\n>>\nstream\n/.exec(dictionary);
  if (!found) return '';
  const start = place + found[0].length;
  return file.subarray(start, start + Number(found[1])).toString('utf8');
};

const htmlContent = (file: Buffer, place: number): string => {
  const start = place + 64 + slots.html.after.length;
  const end = file.indexOf('</script>', start);
  return end < 0 ? '' : file.subarray(start, end).toString('utf8');
};

export interface ReadReport {
  format: ReportFormat;
  /** Undefined where it cannot be read any more. */
  content: ReportContent | undefined;
  /** Every byte is as it was made. */
  isIntact: boolean;
}

const parsed = (text: string): ReportContent | undefined => {
  try {
    return reportContentSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Throws `not-a-report` for a file that no report of this program is in. */
export const readReport = (bytes: Uint8Array): ReadReport => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format: ReportFormat = file.subarray(0, 5).toString('latin1') === '%PDF-' ? 'pdf' : 'html';
  const place = placeOf(file, format);
  if (place === undefined) {
    throw new AppError(
      'not-a-report',
      'This is no report of haicast, or another program has written it anew. Take the file as it was saved.',
    );
  }
  const stated = file.subarray(place, place + 64).toString('latin1');
  const content = parsed(format === 'pdf' ? pdfContent(file, place) : htmlContent(file, place));
  return { format, content, isIntact: content !== undefined && stated === digestAround(file, place) };
};
