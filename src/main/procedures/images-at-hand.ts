import { existsSync } from 'node:fs';
import type { SavedCase } from '#shared/cases/case.ts';
import type { ImagesState } from './board-lines.ts';
import type { Session } from './draft.ts';

/** Can the images of a kept case be looked at? */
export const imagesOf = (
  { id, source }: Pick<SavedCase, 'id' | 'source'>,
  session: Pick<Session, 'source'>,
): ImagesState => {
  if (source.kind === 'none' || source.kind === 'simulated') return { state: 'none' };
  if (source.kind === 'demo') return { state: 'at-hand' };
  const isThere = source.kind === 'path' ? existsSync(source.path) : session.source(id) !== undefined;
  return { state: isThere ? 'at-hand' : 'gone' };
};
