import type { NotMadeReason } from '#shared/report/export-kinds.ts';

/** One object is not among those of an export; the others are made all the same. */
export class NotMade extends Error {
  readonly reason: NotMadeReason;

  constructor(reason: NotMadeReason) {
    super(reason);
    this.name = 'NotMade';
    this.reason = reason;
  }
}
