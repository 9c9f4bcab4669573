import { appendFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AuditEvent } from './audit-chain.ts';

const eventSchema = z.object({
  at: z.string(),
  actor: z.union([z.string(), z.object({ name: z.string(), identity: z.string() })]),
  action: z.string(),
  caseId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});

/** Thousands of entries: beyond it somebody tries passphrases by machine, and one line more says no more. */
const MOST_BYTES = 1_000_000;

/**
 * What happened while the history was locked, or could not be written: it goes into the audit log when that is open again.
 * Until then it lies unsealed in a file beside the history; it names no patient.
 */
export class WaitingEntries {
  readonly #file: string;
  /** What found no room on the disk either. */
  #unwritten: AuditEvent[] = [];

  constructor(folder: string) {
    this.#file = join(folder, 'audit-waiting.jsonl');
  }

  add(event: AuditEvent): void {
    try {
      if (existsSync(this.#file) && statSync(this.#file).size > MOST_BYTES) return;
      appendFileSync(this.#file, `${JSON.stringify(event)}\n`, { mode: 0o600 });
    } catch {
      this.#unwritten.push(event);
    }
  }

  /** Hands all of them to `keep`, oldest first, and lets go of them once that has returned. */
  handOver(keep: (events: readonly AuditEvent[]) => void): void {
    const events = [...this.#written(), ...this.#unwritten];
    if (events.length === 0) return;
    keep(events);
    this.#unwritten = [];
    rmSync(this.#file, { force: true });
  }

  #written(): AuditEvent[] {
    if (!existsSync(this.#file)) return [];
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        try {
          return eventSchema.parse(JSON.parse(line));
        } catch {
          // A line that broke off, or was changed by hand: that there was one is kept.
          return {
            at: statSync(this.#file).mtime.toISOString(),
            actor: 'haicast',
            action: 'audit.unreadable',
            caseId: null,
            detail: {},
          };
        }
      });
  }
}
