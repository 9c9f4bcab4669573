import type { AuditLine } from '#shared/cases/audit.ts';
import { spreadsheetCsv } from '#shared/tables/write-csv.ts';

const HEADER = ['sequence', 'at', 'actor', 'authenticated', 'action', 'case', 'facts'];

/** haicast itself needs no password. */
const AUTHENTICATED = { 'signed-in': 'yes', unproved: 'no', program: '' } as const;

const text = (rows: readonly (readonly (string | number)[])[]): string => `${spreadsheetCsv(rows)}\r\n`;

/** Spreadsheets take a file for UTF-8 only where it begins so. */
export const auditCsvHeader = (): string => `\uFEFF${text([HEADER])}`;

export const auditCsvRows = (lines: readonly AuditLine[]): string =>
  text(
    lines.map(({ sequence, at, actor, proof, action, caseId, facts }) => [
      sequence,
      at,
      actor,
      AUTHENTICATED[proof],
      action,
      caseId ?? '',
      facts.map(({ name, value }) => `${name}: ${value}`).join('; '),
    ]),
  );
