import type { Database } from 'better-sqlite3';
import type { KeptDecision } from '#shared/board/decision.ts';
import { readEntries } from './board-rows.ts';

const wordsOf = (decision: KeptDecision): string[] => [
  ...decision.options.flatMap((option) => [option.detail, option.for, option.against]),
  decision.agreementReason,
  ...decision.participants.map(({ name }) => name),
  ...decision.dissent.map(({ text }) => text),
  decision.wish,
  decision.owner,
];

/** By what a case may be looked for that the board said of it: each question and every version of a decision. */
export const boardTexts = (db: Database, caseId: string): string[] => [
  ...readEntries(db, 'listing', { caseId }).flatMap(({ body }) => [body.question, body.presenter]),
  ...readEntries(db, 'decision', { caseId }).flatMap(({ body }) => wordsOf(body)),
];
