import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ProcedureOutput } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { ReportContent } from '#shared/report/report-content.ts';
import { type Language, languageSchema } from '#shared/words/language.ts';
import { createAtomically, writeAtomically } from '../../../files/write-atomically.ts';
import { contentHash, type ReportFormat, readReport } from '../../../reports/embedded-report.ts';
import type { Call } from '../client.ts';
import { interruptible } from '../interruptible.ts';
import type { Terminal } from '../terminal.ts';

export interface ReportCommandOptions {
  out: string;
  language?: string;
  appendix?: boolean;
  replace?: boolean;
}

const formatOf = (file: string): ReportFormat => {
  const ending = extname(file).toLowerCase();
  if (ending === '.pdf') return 'pdf';
  if (ending === '.html' || ending === '.htm') return 'html';
  throw new AppError('usage', 'A report is a .pdf or an .html: name the file of -o so.');
};

const languageOf = (text: string | undefined): { language?: Language } => {
  if (text === undefined) return {};
  const found = languageSchema.safeParse(text);
  if (found.success) return { language: found.data };
  throw new AppError('usage', `--language is one of ${languageSchema.options.join(', ')}, not "${text}".`);
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/** A report names a patient: a file of its own, which only its owner reads, also where it takes the place of another. */
const write = (file: string, bytes: Uint8Array, isReplaced: boolean): void => {
  try {
    if (isReplaced) writeAtomically(file, bytes);
    else createAtomically(file, bytes);
  } catch (error) {
    throw new AppError(
      'report-not-saved',
      codeOf(error) === 'EEXIST'
        ? 'There is a file of this name already. Name another one, or say --replace.'
        : 'The report could not be written there. Check that the folder is there, can be written and the disk is not full.',
      { detail: codeOf(error), cause: error },
    );
  }
};

/** Writes the report of a kept case; answers the hash of what it says. */
export const makeReport = async (call: Call, caseId: string, given: ReportCommandOptions): Promise<string> => {
  const format = formatOf(given.out);
  const language = languageOf(given.language);
  const jobId = randomUUID();
  const { base64, hash } = await interruptible((signal) => {
    signal.addEventListener('abort', () => void call('job.cancel', { jobId }));
    return call('report.make', { caseId, format, appendix: given.appendix ?? false, ...language, jobId });
  });
  write(given.out, Buffer.from(base64, 'base64'), given.replace ?? false);
  return hash;
};

export interface VerifiedReport {
  /** `altered`: a byte of the file is not as it was made. The others are of an intact file, against the records. */
  state: 'altered' | 'intact' | ProcedureOutput<'report.check'>['state'];
  caseId: string | null;
  hash: string | null;
  made: ProcedureOutput<'report.check'>['made'];
}

const read = async (file: string) => {
  try {
    return readReport(await readFile(file));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('report-not-read', 'This file cannot be read. Check its name and whether you may read it.', {
      detail: codeOf(error),
      cause: error,
    });
  }
};

/** @param check asks the records; without it the file alone is looked at */
export const verifyReport = async (
  file: string,
  check?: (content: ReportContent) => Promise<ProcedureOutput<'report.check'>>,
): Promise<VerifiedReport> => {
  const { content, isIntact } = await read(file);
  const caseId = content?.case.id ?? null;
  const hash = content ? contentHash(content) : null;
  if (!content || !isIntact) return { state: 'altered', caseId, hash, made: null };
  if (!check) return { state: 'intact', caseId, hash, made: null };
  return { caseId, hash, ...(await check(content)) };
};

const sentences: Readonly<Record<VerifiedReport['state'], string>> = {
  altered: 'Changed: this file is not as it was made.',
  intact: 'Every byte of this file is as it was made. The records were not asked: set HAICAST_PASSPHRASE to ask them.',
  same: 'Same: this file is as it was made, and the records say the same.',
  'case-changed': 'This file is as it was made, and the case was changed since: the records say something else now.',
  'unknown-case': 'Unknown case: this file is as it was made, and these records do not have its case.',
};

export const showVerified = ({ state, caseId, hash, made }: VerifiedReport, terminal: Terminal): void => {
  terminal.result(sentences[state]);
  if (caseId) terminal.result(`case ${caseId}, content ${hash}`);
  if (state === 'altered' || state === 'intact') return;
  terminal.result(
    made
      ? `The audit log has it: made here at ${made.at} by ${made.by}.`
      : 'The audit log does not have it: nothing says that it was made here.',
  );
};
