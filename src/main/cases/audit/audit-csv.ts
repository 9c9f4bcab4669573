import Papa from 'papaparse';
import type { AuditLine } from '#shared/cases/audit.ts';
import { FORMULA } from '#shared/tables/formula.ts';

const HEADER = ['sequence', 'at', 'actor', 'authenticated', 'action', 'case', 'facts'];

/** haicast itself needs no password. */
const AUTHENTICATED = { 'signed-in': 'yes', unproved: 'no', program: '' } as const;

const text = (rows: readonly (readonly (string | number)[])[]): string =>
  `${Papa.unparse(rows as (string | number)[][], { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`;

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
