import { caseOfSource, followUpKey } from '../../procedures/draft.ts';
import type { Uploads } from './uploads.ts';

const UPLOAD_PREFIX = 'upload:';

/** What of a call, and of its answer, tells who needs an upload. */
export interface Called {
  path?: unknown;
  openId?: unknown;
  id?: unknown;
  caseId?: unknown;
  timePointId?: unknown;
  caseIds?: unknown;
  dryRun?: unknown;
}

/** Upload behind a path of the contract; undefined where the path is none. */
export const uploadIdOf = (path: unknown): string | undefined =>
  typeof path === 'string' && path.startsWith(UPLOAD_PREFIX) ? path.slice(UPLOAD_PREFIX.length) : undefined;

interface Answer {
  openId?: unknown;
  id?: unknown;
  timePointId?: unknown;
  studies?: unknown;
  closed?: unknown;
}

/**
 * Who still needs an upload: studies that are open, and cases and follow-ups that were kept from them while haicast runs, whose
 * images are nowhere else. Listens to what was called, and removes what nobody needs any more.
 */
export class UploadUse {
  readonly #uploads: Pick<Uploads, 'remove'>;
  readonly #byStudy = new Map<string, string>();
  readonly #byCase = new Map<string, string>();

  constructor(uploads: Pick<Uploads, 'remove'>) {
    this.#uploads = uploads;
  }

  async answered(name: string, given: Called, result: Answer): Promise<void> {
    const openId = String(result.openId ?? given.openId);
    if (name === 'study.open') {
      const uploadId = uploadIdOf(given.path);
      // Nothing was found in it: there is no study that could be closed.
      if (Array.isArray(result.studies) && result.studies.length === 0) await this.#release(uploadId);
      else if (uploadId !== undefined) this.#byStudy.set(openId, uploadId);
    } else if (name === 'records.import') {
      if (given.dryRun !== true) await this.#release(uploadIdOf(given.path));
    } else if (name === 'cases.openImages') this.#openedAgain(String(given.id), openId);
    else if (name === 'cases.relink') await this.#found(String(given.id), openId, uploadIdOf(given.path));
    else if (name === 'course.openImages') {
      const key = followUpKey(String(given.caseId), String(given.timePointId));
      if (given.path === undefined) this.#openedAgain(key, openId);
      else await this.#found(key, openId, uploadIdOf(given.path));
    } else if (name === 'course.addFollowUp') {
      await this.#saved(followUpKey(String(given.caseId), String(result.timePointId)), openId);
    } else if (name === 'cases.save' && given.openId !== undefined) await this.#saved(String(result.id), openId);
    else if (name === 'study.close') await this.#closed(openId);
    else if (name === 'cases.erase') await this.#erased([given.id], []);
    else if (name === 'cases.erasePatient') await this.#erased(given.caseIds, result.closed);
  }

  /** An export is looked at before it is taken over, and again with another passphrase: the page says when it is done with it. */
  async letGo(uploadId: string): Promise<void> {
    await this.#release(uploadId);
  }

  async failed(name: string, given: Called): Promise<void> {
    if (['study.open', 'cases.relink', 'course.openImages'].includes(name)) await this.#release(uploadIdOf(given.path));
  }

  #openedAgain(key: string, openId: string): void {
    const uploadId = this.#byCase.get(key);
    if (uploadId !== undefined) this.#byStudy.set(openId, uploadId);
  }

  async #found(key: string, openId: string, uploadId: string | undefined): Promise<void> {
    if (uploadId !== undefined) this.#byStudy.set(openId, uploadId);
    await this.#saved(key, openId);
  }

  async #closed(openId: string): Promise<void> {
    const uploadId = this.#byStudy.get(openId);
    this.#byStudy.delete(openId);
    await this.#release(uploadId);
  }

  async #erased(caseIds: unknown, closed: unknown): Promise<void> {
    for (const openId of Array.isArray(closed) ? closed : []) await this.#closed(String(openId));
    const ids = new Set(Array.isArray(caseIds) ? caseIds.map(String) : []);
    for (const [key, uploadId] of [...this.#byCase]) {
      if (!ids.has(caseOfSource(key))) continue;
      this.#byCase.delete(key);
      await this.#release(uploadId);
    }
  }

  /** A case, or a follow-up, is kept from one study at a time: what it was kept from before is let go. */
  async #saved(caseId: string, openId: string): Promise<void> {
    const before = this.#byCase.get(caseId);
    const uploadId = this.#byStudy.get(openId);
    if (uploadId === undefined) this.#byCase.delete(caseId);
    else this.#byCase.set(caseId, uploadId);
    await this.#release(before);
  }

  async #release(uploadId: string | undefined): Promise<void> {
    if (uploadId === undefined) return;
    const needed = [...this.#byStudy.values(), ...this.#byCase.values()].includes(uploadId);
    if (!needed) await this.#uploads.remove(uploadId);
  }
}
