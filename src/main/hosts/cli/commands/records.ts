import type { AuditFilter, AuditLine } from '#shared/cases/audit.ts';
import type { RecordsVerdict } from '#shared/cases/case.ts';
import { AppError } from '#shared/errors.ts';
import { auditCsvHeader, auditCsvRows } from '../../../cases/audit/audit-csv.ts';
import type { Call } from '../client.ts';
import { type Terminal, table } from '../terminal.ts';

export interface AuditCommandOptions {
  case?: string;
  actor?: string;
  action?: string;
  from?: string;
  until?: string;
  csv?: boolean;
}

/** A day begins where the user is. */
const timeOf = (option: string, text: string): string => {
  const time = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text);
  if (Number.isNaN(time.getTime()))
    throw new AppError('usage', `${option} is a date such as 2026-01-31, not "${text}".`);
  return time.toISOString();
};

export const auditFilterOf = (given: AuditCommandOptions): AuditFilter => ({
  ...(given.case === undefined ? {} : { caseId: given.case }),
  ...(given.actor === undefined ? {} : { actor: given.actor }),
  ...(given.action === undefined ? {} : { action: given.action }),
  ...(given.from === undefined ? {} : { from: timeOf('--from', given.from) }),
  ...(given.until === undefined ? {} : { until: timeOf('--until', given.until) }),
});

const MOST_AT_ONCE = 500;

/** Every entry that the filter leaves, newest first. */
export const readAudit = async (call: Call, filter: AuditFilter): Promise<AuditLine[]> => {
  const entries: AuditLine[] = [];
  let before: number | null = null;
  do {
    const more: { before?: number } = before === null ? {} : { before };
    const page = await call('audit.list', { ...filter, ...more, limit: MOST_AT_ONCE });
    entries.push(...page.entries);
    before = page.next;
  } while (before !== null);
  return entries;
};

export const showAudit = (entries: readonly AuditLine[], { csv }: AuditCommandOptions, terminal: Terminal): void => {
  if (csv) {
    terminal.result(`${auditCsvHeader()}${auditCsvRows(entries)}`.trimEnd());
    return;
  }
  const rows = entries.map(({ sequence, at, actor, proof, action, caseId, facts }) => [
    String(sequence),
    at,
    proof === 'unproved' ? `${actor} (unauthenticated)` : actor,
    action,
    caseId ?? '',
    facts.map(({ name, value }) => `${name}: ${value}`).join('; '),
  ]);
  terminal.result(table(['#', 'at', 'actor', 'action', 'case', 'facts'], rows));
};

const seenOf = ({ entries = 0, cases = 0 }: RecordsVerdict): string => `${entries} entries, ${cases} cases`;

export const showVerdict = (verdict: RecordsVerdict, terminal: Terminal): void => {
  if (verdict.pagesNotSeen) {
    terminal.note('The pages of the file were not looked at: the disk is full. Free some space, then verify again.');
  }
  if (verdict.intact && verdict.pagesNotSeen) {
    terminal.result(`Every entry, case and secret is as it was written (${seenOf(verdict)}).`);
    return;
  }
  if (verdict.intact) {
    terminal.result(
      verdict.since === undefined
        ? `Every page, entry, case and secret is as it was written (${seenOf(verdict)}).`
        : `What was written since ${verdict.since} is as it was written (${seenOf(verdict)}). What is older was not looked at again.`,
    );
    return;
  }
  terminal.result(`The history is not as it was written. ${verdict.problem ?? ''}`.trim());
  for (const id of verdict.damagedCases ?? []) terminal.note(`case ${id}`);
};
