/** Which number a lesion of a course may have: what other systems know it by (tracking identifier and UID), so never another's. Pure. */
import { canonicalJson } from '../canonical-json.ts';
import { type Course, partKey } from './course.ts';
import type { CourseLesion } from './lesion-over-time.ts';

const PREFIX = partKey('lesion', '');

/** Every number that a lesion of the course has, or had before it was taken away. */
export const usedLesionIds = ({ lesions, revisions }: Pick<Course, 'lesions' | 'revisions'>): string[] => [
  ...new Set([
    ...lesions.map(({ id }) => id),
    ...Object.keys(revisions).flatMap((key) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : [])),
  ]),
];

/** `L` and the first number after every one that was given. */
export const nextLesionId = (course: Pick<Course, 'lesions' | 'revisions'>): string =>
  `L${Math.max(0, ...usedLesionIds(course).map((id) => Number(id.slice(1)) || 0)) + 1}`;

/** Whether a lesion that was taken away comes back, as undo brings it, and not another one under its number. */
export const isSameLesion = (lesion: CourseLesion, before: readonly unknown[]): boolean =>
  before.some((body) => canonicalJson(body) === canonicalJson(lesion));
