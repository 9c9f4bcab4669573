import Papa from 'papaparse';
import type { AuditLine } from '#shared/cases/audit.ts';

const HEADER = ['sequence', 'at', 'actor', 'action', 'case', 'facts'];

/** A spreadsheet runs what begins with `=`, `+`, `-`, `@`, a tab or a line end; an apostrophe before it makes it text. */
const text = (rows: readonly (readonly (string | number)[])[]): string =>
  `${Papa.unparse(rows as (string | number)[][], { escapeFormulae: true, newline: '\r\n' })}\r\n`;

/** Spreadsheets take a file for UTF-8 only where it begins so. */
export const auditCsvHeader = (): string => `\uFEFF${text([HEADER])}`;

export const auditCsvRows = (lines: readonly AuditLine[]): string =>
  text(
    lines.map(({ sequence, at, actor, action, caseId, facts }) => [
      sequence,
      at,
      actor,
      action,
      caseId ?? '',
      facts.map(({ name, value }) => `${name}: ${value}`).join('; '),
    ]),
  );
