import { z } from 'zod';
import { AppError } from '#shared/errors.ts';
import { seriesFactsSchema } from '#shared/study/facts.ts';
import type { RoleDecision } from '#shared/study/roles.ts';
import { decideRoles } from '../../../study/roles/decide-roles.ts';
import { type Terminal, table } from '../terminal.ts';

/** Facts of the series of a study by DICOM keyword in, one decision each out. Throws `bad-facts`. */
export const rolesOf = (json: unknown): RoleDecision[] => {
  const facts = z.array(seriesFactsSchema).safeParse(json);
  if (facts.success) return decideRoles(facts.data);
  const [issue] = facts.error.issues;
  throw new AppError(
    'bad-facts',
    `The facts must be an array with one object of DICOM keywords for each series (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}).`,
  );
};

export const showRoles = (decisions: readonly RoleDecision[], terminal: Terminal): void => {
  const rows = decisions.map(({ role, confidence, reasons }, index) => [
    String(index),
    role,
    confidence.toFixed(2),
    reasons.map(({ text }) => text).join(' '),
  ]);
  terminal.result(table(['Series', 'Role', 'Confidence', 'Reasons'], rows));
};
