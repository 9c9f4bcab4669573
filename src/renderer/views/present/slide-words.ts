/** What stands on a slide, in the user's language. */
import type { ModelShown } from '#shared/board/decision.ts';
import type { Slide } from '#shared/board/slide.ts';
import { stagingOf } from '#shared/board/staging.ts';
import { scoreParts } from '#shared/clinical/factor-messages.ts';
import { comparatorScores } from '#shared/clinical/scores/comparators.ts';
import { type CourseImage, imagesOf } from '#shared/course/key-images.ts';
import { summariseCourse } from '#shared/course/reminders.ts';
import { BASELINE } from '#shared/course/time-point.ts';
import { i18n } from '../../locales/index.ts';
import { say } from '../../panels/factors/say.ts';

const t = (key: string, params: Record<string, unknown> = {}, n?: number): string =>
  n === undefined ? i18n.global.t(key, params) : i18n.global.t(key, params, n);

export interface StageWords {
  name: string;
  grade: string;
  edition: string;
}

export const stageWords = ({ factors }: Pick<Slide, 'factors'>): StageWords[] =>
  stagingOf(factors).map(({ score, grade, edition }) => ({
    name: t(`board.present.scores.${score}`),
    grade: score === 'pvtt' ? t(`factors.options.pvtt.${grade}`) : grade,
    edition: edition && (/^\d/.test(edition) ? t('board.present.edition', { edition }) : edition),
  }));

/** Scores that speak of the same question, where the factors give them. */
export const comparators = ({ factors }: Pick<Slide, 'factors'>): { name: string; figure: string }[] =>
  comparatorScores(factors).flatMap((score) => {
    const figure = scoreParts(score).map((part) => (typeof part === 'string' ? part : say(part)));
    return figure.length === 0 ? [] : [{ name: t(`factors.scores.names.${score.id}`), figure: figure.join(' · ') }];
  });

/** Earlier treatment, cycles and the best response so far, each by its own criterion. */
export const courseWords = ({ course, factors }: Pick<Slide, 'course' | 'factors'>): string => {
  const { cycles, best } = summariseCourse(course);
  const prior = factors.priorTreatment?.value;
  const priorKey = `factors.options.priorTreatment.${prior}`;
  const parts = [
    ...(typeof prior === 'string' && prior !== 'none' && i18n.global.te(priorKey)
      ? [t('board.present.prior', { treatment: t(priorKey) })]
      : []),
    ...course.coTherapies.map(({ name, start }) => `${name} ${start}`),
    ...(cycles > 0 ? [t('board.present.cycles', { n: cycles }, cycles)] : []),
    ...(best['recist-1.1'] || best.mrecist
      ? [t('board.present.best', { recist: best['recist-1.1'] ?? '–', mrecist: best.mrecist ?? '–' })]
      : []),
  ];
  return parts.length === 0 ? t('board.present.noCourse') : parts.join(' · ');
};

const MOST_REASONS = 3;

const nameOfReason = (factor: string): string => {
  if (factor === 'image') return t('board.present.image');
  const key = `factors.names.${factor}`;
  return i18n.global.te(key) ? t(key) : factor;
};

/** What spoke for and against response, largest first. */
export const reasonWords = ({ reasons }: Pick<ModelShown, 'reasons'>): { for: string; against: string } => {
  const list = new Intl.ListFormat(i18n.global.locale.value, { type: 'unit' });
  const side = (isFor: boolean) => {
    const names = reasons
      .filter(({ contribution }) => contribution > 0 === isFor)
      .slice(0, MOST_REASONS)
      .map(({ factor }) => nameOfReason(factor));
    return names.length === 0 ? t('board.present.nothing') : list.format(names);
  };
  return { for: side(true), against: side(false) };
};

export interface PictureDate {
  /** Of the follow-up. */
  number: number;
  date: string;
  images: readonly CourseImage[];
}

/** The follow-ups whose key images are kept. */
export const pictureDates = ({ course }: Pick<Slide, 'course'>): PictureDate[] =>
  course.timePoints.flatMap(({ id, date }, number) => {
    const images = imagesOf(course, id);
    return id === BASELINE || images.length === 0 ? [] : [{ number, date, images }];
  });

/** Every picture of a slide, by its hash. */
export const pictureIdsOf = (slide: Pick<Slide, 'keyImages' | 'course'>): string[] => [
  ...slide.keyImages.map(({ id }) => id),
  ...pictureDates(slide).flatMap(({ images }) => images.map(({ id }) => id)),
];
