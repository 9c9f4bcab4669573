import { z } from 'zod';
import type { RecordsVerdict } from '#shared/cases/case.ts';
import type { Actor } from './audit/actor.ts';
import { appendAudit, lastEntryOf } from './audit/audit-chain.ts';
import { type Verified, type VerifiedPoint, type VerifyingStep, verifyingSteps } from './damage/verify-records.ts';
import type { OwnedFile } from './owned-file.ts';
import { inSlices, partOf, type SliceOptions } from './sql/in-slices.ts';
import { corrupt, toRecordError } from './sql/record-errors.ts';

export interface CheckOptions extends SliceOptions<VerifyingStep> {
  scope: 'new' | 'whole';
  actor: Actor;
  /** The time of the entry that keeps the answer. */
  now: () => string;
}

const verifiedPoint = ({ db }: OwnedFile): VerifiedPoint | undefined => {
  const entry = lastEntryOf(db, 'records.verified');
  if (!entry) return undefined;
  const point = z.object({ through: z.int().positive(), hash: z.string() }).safeParse(entry.detail);
  return point.success ? { ...point.data, at: entry.at } : undefined;
};

const LOG_UNREADABLE: Verified = {
  intact: false,
  problem: 'The audit log cannot be read.',
  damagedCases: [],
  entries: 0,
  cases: 0,
  through: 0,
  hash: '',
};

const verifiedInSlices = async (
  file: OwnedFile,
  since: VerifiedPoint | undefined,
  options: SliceOptions<VerifyingStep>,
): Promise<Verified> => {
  try {
    return await inSlices(verifyingSteps(file.db, since), options);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    if (!corrupt(error)) throw toRecordError(error);
    file.markDamaged();
    return LOG_UNREADABLE;
  }
};

/** Numbers of damaged pages; undefined where they could not be looked at. */
const damagedPages = async (
  file: OwnedFile,
  options: SliceOptions<VerifyingStep>,
): Promise<readonly number[] | undefined> => {
  const pages = file.pages();
  return pages && (await inSlices(pages.damaged(), options));
};

/**
 * Is every page, entry, case and secret as it was written? Or, asked for what is `new`, what was written since the last
 * time that everything was. Without holding up whatever else is to be done; the answer is an entry of the audit log.
 */
export const checkRecords = async (
  file: OwnedFile,
  { scope: asked, actor, now, ...slices }: CheckOptions,
): Promise<RecordsVerdict> => {
  const since = asked === 'new' && !file.isDamaged ? file.read(() => verifiedPoint(file)) : undefined;
  const pages = since ? [] : await damagedPages(file, partOf(slices, 0, 2));
  const { through, hash, ...verified } = await verifiedInSlices(file, since, since ? slices : partOf(slices, 1, 2));
  if (pages && pages.length > 0) file.markDamaged();
  const problem =
    verified.problem ??
    (pages && pages.length > 0
      ? `${pages.length} pages of records.db are damaged, first number ${pages[0]}.`
      : undefined);
  const scope = since ? ('new' as const) : ('whole' as const);
  const notSeen = pages === undefined ? { pagesNotSeen: true } : {};
  if (!file.isDamaged) {
    const detail = { scope, through, hash, entries: verified.entries, cases: verified.cases, ...notSeen };
    const event = { at: now(), actor, caseId: null };
    file.change(() =>
      problem === undefined
        ? appendAudit(file.db, { ...event, action: 'records.verified', detail })
        : appendAudit(file.db, { ...event, action: 'records.altered', detail: { ...detail, problem } }),
    );
  }
  return {
    ...verified,
    intact: problem === undefined,
    scope,
    ...notSeen,
    ...(since ? { since: since.at } : {}),
    ...(problem === undefined ? {} : { problem, damagedCases: verified.damagedCases ?? [] }),
  };
};
