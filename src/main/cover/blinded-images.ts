/**
 * Images that were opened for a reading: their pixels, and nothing that their files say. What else is asked of such a handle is
 * refused, whoever asks and whatever is asked, so that a procedure that is still to come tells nothing of it either (ADR 23).
 */
import type { ProcedureName } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { FactValue, SeriesFacts } from '#shared/study/facts.ts';
import type { OpenedStudies, ScannedSeries, ScannedStudy } from '#shared/study/study.ts';
import { cleanDescription } from '../study/deidentify/clean-text.ts';

/** What a viewer needs to show pictures. */
const OF_PICTURES: ReadonlySet<string> = new Set<ProcedureName>([
  'study.volume',
  'study.slice',
  'study.thumbnail',
  'study.close',
]);

const ONLY_PICTURES = 'reading-images';
/** Errors that say nothing of what is in a file, by their code. */
const SAYING_NOTHING: ReadonlySet<string> = new Set([
  ONLY_PICTURES,
  'cancelled',
  'not-open',
  'no-series',
  'worker-died',
]);

const onlyPictures = (): AppError =>
  new AppError(
    ONLY_PICTURES,
    'These images were opened for a reading of a reader study. They are looked at, and nothing else: what their files say would tell whose they are.',
  );

const cannotBeShown = (cause: unknown): AppError =>
  new AppError(
    'reading-images-failed',
    'These images cannot be shown. Why is not said, since it would tell of their files: read the key images, or tell whoever began the study.',
    { cause },
  );

/** Handles that an input names, wherever in it they stand. */
const handlesIn = (input: unknown): string[] => {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([key, value]) =>
    key === 'openId' && typeof value === 'string' ? [value] : handlesIn(value),
  );
};

const nobody = { patientName: '', patientId: '' };

/** What a pane says of its series, as numbers: that an image was compressed with loss is said to a reader, too. */
const SHOWN_FACTS = ['SliceThickness', 'EchoTime', 'LossyImageCompression', 'LossyImageCompressionRatio'] as const;

const isNumbers = (value: FactValue | undefined): boolean =>
  value !== undefined && value !== null && /^[\d.,\\eE+ -]{1,100}$/.test(String(value));

const shownFacts = (facts: SeriesFacts): SeriesFacts =>
  Object.fromEntries(SHOWN_FACTS.flatMap((key) => (isNumbers(facts[key]) ? [[key, facts[key]]] : [])));

/** A series by what was measured, and the words of its description that are known to speak of imaging. */
const seriesWithoutWords = (series: ScannedSeries): ScannedSeries => ({
  ...series,
  description: cleanDescription(series.description) ?? '',
  // Both hold what the files say in words: a protocol, a comment, a name.
  facts: shownFacts(series.facts),
  suggestion: { role: 'other', confidence: 0, reasons: [] },
});

const studyWithoutWords = ({
  studyDate: _date,
  studyDescription: _what,
  accessionNumber: _number,
  contrastAgent: _agent,
  ...study
}: ScannedStudy): ScannedStudy => ({ ...study, patient: nobody, series: study.series.map(seriesWithoutWords) });

/** Pure: the images of one study, without the folder that they lie in, whose they are, and what their files say in words. */
export const withoutWords = (opened: OpenedStudies, studyInstanceUID: string): OpenedStudies => ({
  ...opened,
  name: '',
  studies: opened.studies.filter((study) => study.studyInstanceUID === studyInstanceUID).map(studyWithoutWords),
  skipped: [],
});

export class BlindedImages {
  readonly #openIds = new Set<string>();

  /** From now on, until the application ends: a handle is never given out twice. */
  add(openId: string): void {
    this.#openIds.add(openId);
  }

  /** Is the call about images that were opened for a reading? */
  isAbout(input: unknown): boolean {
    return this.#openIds.size > 0 && handlesIn(input).some((openId) => this.#openIds.has(openId));
  }

  /** Throws `reading-images` where more is asked than pictures. */
  assertOnlyPictures(name: ProcedureName, input: unknown): void {
    if (!OF_PICTURES.has(name) && this.isAbout(input)) throw onlyPictures();
  }

  /** The error without what a file, or its name, says. */
  told(error: unknown, input: unknown): unknown {
    const saysNothing = error instanceof AppError && SAYING_NOTHING.has(error.code);
    return saysNothing || !this.isAbout(input) ? error : cannotBeShown(error);
  }
}
