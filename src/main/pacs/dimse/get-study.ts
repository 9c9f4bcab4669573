/** Images by C-GET: over the association that asks for them, so that nothing has to listen. */
import { allOrNone } from '../all-or-none.ts';
import type { SeriesOfArchive } from '../archive.ts';
import type { ImageAsked } from '../fetch/assert-asked.ts';
import type { Landing } from '../fetch/landing.ts';
import { type Calling, MOST_CONTEXTS, openAssociation, type Wanted, withAssociation } from './open-association.ts';
import { Expected, receiveObject } from './receive-object.ts';
import { requestsOf, retrieve } from './retrieve.ts';
import { imageSyntaxes, plainSyntaxes, STUDY_ROOT, usualClasses } from './uids.ts';

/** Classes that the archive says, or the usual ones where it says none. */
export const classesOf = (series: readonly SeriesOfArchive[]): string[] => {
  const said = new Set(series.flatMap(({ sopClasses }) => sopClasses));
  return said.size > 0 ? [...said] : usualClasses;
};

/**
 * One context for each class and syntax: where several syntaxes stand in one, an archive takes the first that it likes and sends
 * everything in that one. Syntaxes come first to the first classes where not all have room.
 */
export const getContexts = (classes: readonly string[]): Wanted[] => {
  const query: Wanted = { abstractSyntax: STUDY_ROOT.get, transferSyntaxes: plainSyntaxes };
  const images = imageSyntaxes.flatMap((syntax) =>
    classes.map((abstractSyntax) => ({ abstractSyntax, transferSyntaxes: [syntax] })),
  );
  return [query, ...images].slice(0, MOST_CONTEXTS);
};

/** Several associations at once, as far as the archive takes them; one it has to take. */
export const getStudy = async (
  calling: Calling,
  { images, series, landing }: { images: readonly ImageAsked[]; series: readonly SeriesOfArchive[]; landing: Landing },
): Promise<void> => {
  const { limits } = calling;
  const classes = classesOf(series);
  const waiting = requestsOf(images);
  const lane = (index: number) => async (signal: AbortSignal) => {
    const opened = openAssociation({ ...calling, signal }, getContexts(classes), classes);
    // One that it does not take as well leaves the work to the others.
    const association = index === 0 ? await opened : await opened.catch(() => undefined);
    if (!association) return;
    await withAssociation(association, async () => {
      for (;;) {
        const asked = waiting.shift();
        if (!asked) return;
        const receiving = { expected: new Expected(asked), landing, limits, signal };
        await retrieve(association, {
          service: 'get',
          study: landing.studyInstanceUID,
          images: asked,
          object: (message) => receiveObject(association, message, receiving),
        });
      }
    });
  };
  const lanes = Array.from({ length: Math.min(limits.associations, waiting.length) }, (_, index) => lane(index));
  await allOrNone(lanes, { atOnce: limits.associations, signal: calling.signal });
};
