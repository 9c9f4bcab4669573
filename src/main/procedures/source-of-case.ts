import type { SavedCase } from '#shared/cases/case.ts';
import type { StudySource } from '../study/records.ts';
import type { Session } from './draft.ts';

/** Where the images of a kept case can be read from now; undefined where nothing says it. */
export const sourceOfCase = (
  { id, source }: Pick<SavedCase, 'id' | 'source'>,
  { session, demoSource }: { session: Session; demoSource: StudySource },
): StudySource | undefined => {
  // Without a path: it came with an export of another installation, and was not linked here yet.
  if (source.kind === 'path') return source.path === '' ? undefined : { kind: 'path', path: source.path };
  return source.kind === 'demo' ? demoSource : session.source(id);
};
