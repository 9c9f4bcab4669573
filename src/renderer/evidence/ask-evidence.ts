/** Asks the worker of the evidence. Of questions of one kind only the newest is answered; what it overtook is dropped. */
import { toRaw } from 'vue';
import { AppError } from '#shared/errors.ts';
import type { ComparedWith } from '#shared/evidence/comparisons.ts';
import type { EvidenceRow } from '#shared/evidence/evidence-row.ts';
import type { AtThreshold, EvidenceFigures } from '#shared/evidence/figures.ts';
import type { FittedLine, NoRecalibration, Recalibration } from '#shared/evidence/recalibration/recalibrate.ts';
import type { Selection } from '#shared/evidence/selection.ts';
import type { Watch } from '#shared/evidence/watch.ts';

type Ask =
  | { readonly what: 'take'; readonly rows: readonly EvidenceRow[] }
  | { readonly what: 'figures' | 'threshold'; readonly selection: Selection; readonly threshold: number }
  | { readonly what: 'comparisons'; readonly selection: Selection }
  | { readonly what: 'watch'; readonly selection: Selection; readonly line: FittedLine };

export interface EvidenceQuestion {
  readonly id: number;
  readonly ask: Ask;
}

export interface EvidenceAnswer {
  readonly id: number;
  readonly figures?: EvidenceFigures;
  readonly atThreshold?: AtThreshold;
  readonly comparisons?: readonly ComparedWith[];
  readonly proposal?: Recalibration | NoRecalibration;
  readonly watch?: Watch;
  readonly failed?: string;
}

interface Waiting {
  readonly what: Ask['what'];
  readonly resolve: (answer: EvidenceAnswer | undefined) => void;
  readonly reject: (error: unknown) => void;
}

const died = (detail: string) =>
  new AppError('internal', 'The figures of the evidence could not be computed. Open the page again.', { detail });

export class EvidenceWorker {
  readonly #worker = new Worker(new URL('./evidence-worker.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<EvidenceAnswer>) => this.#hear(data));
    this.#worker.addEventListener('error', ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject(died(message));
      this.#waiting.clear();
    });
  }

  take(rows: readonly EvidenceRow[]): void {
    this.#post({ what: 'take', rows });
  }

  /** Undefined where a newer question of the same kind overtook this one. */
  async figures(selection: Selection, threshold: number): Promise<EvidenceFigures | undefined> {
    return (await this.#ask({ what: 'figures', selection, threshold }))?.figures;
  }

  async threshold(selection: Selection, threshold: number): Promise<AtThreshold | undefined> {
    return (await this.#ask({ what: 'threshold', selection, threshold }))?.atThreshold;
  }

  async comparisons(selection: Selection): Promise<readonly ComparedWith[] | undefined> {
    return (await this.#ask({ what: 'comparisons', selection }))?.comparisons;
  }

  /** What the outcomes ask for, whatever filters are set, and how the model goes on with `line` in force. */
  async watch(
    selection: Selection,
    { intercept, slope, last }: FittedLine,
  ): Promise<{ watch: Watch; proposal: Recalibration | NoRecalibration } | undefined> {
    const answer = await this.#ask({ what: 'watch', selection, line: { intercept, slope, last } });
    return answer?.watch && answer.proposal ? { watch: answer.watch, proposal: answer.proposal } : undefined;
  }

  end(): void {
    this.#worker.terminate();
    for (const { resolve } of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }

  #post(ask: Ask): number {
    this.#asked++;
    this.#worker.postMessage({ id: this.#asked, ask: toRaw(ask) } satisfies EvidenceQuestion);
    return this.#asked;
  }

  #ask(ask: Exclude<Ask, { what: 'take' }>): Promise<EvidenceAnswer | undefined> {
    for (const [id, { what, resolve }] of this.#waiting) {
      if (what !== ask.what) continue;
      resolve(undefined);
      this.#waiting.delete(id);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.set(this.#post(ask), { what: ask.what, resolve, reject });
    });
  }

  #hear(answer: EvidenceAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.failed === undefined) waiting?.resolve(answer);
    else waiting?.reject(died(answer.failed));
  }
}
