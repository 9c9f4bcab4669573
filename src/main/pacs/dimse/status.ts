/** Statuses of an archive's answer (PS3.7 annex C, PS3.4 C.4) as errors. */
import type { AppError } from '#shared/errors.ts';
import { pacsError } from '../errors.ts';

const NOT_AUTHORIZED = 0x0124;
const UNKNOWN_DESTINATION = 0xa801;

export const shownStatus = (status: number): string => `${status.toString(16).toUpperCase().padStart(4, '0')}H`;

export const statusError = (status: number): AppError => {
  if (status === UNKNOWN_DESTINATION) return pacsError('pacs-move-unknown');
  if (status === NOT_AUTHORIZED) return pacsError('pacs-rejected', { detail: shownStatus(status) });
  return pacsError('pacs-status', { params: { status: shownStatus(status) } });
};
