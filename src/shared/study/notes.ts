/** Which remarks about quality are worth a person's time. */
import { noteSentence } from './messages/notes.ts';
import { modelRoles, type RoleAssignment } from './roles.ts';
import type { QualityNote } from './study.ts';

/** Those that are more than information, the same remark about several series once, in the order given. */
export const notesThatMatter = (notes: readonly QualityNote[]): QualityNote[] => {
  const distinct = new Map(notes.map((note) => [`${note.code} ${note.text}`, note]));
  return [...distinct.values()].filter(({ severity }) => severity !== 'info');
};

/** The remarks of a scan as they stand now: which roles are still without a series is for the present roles to say. */
export const notesWithRoles = (
  notes: readonly QualityNote[],
  roles: readonly Pick<RoleAssignment, 'role'>[],
): QualityNote[] => {
  const missing = modelRoles.filter((role) => !roles.some((entry) => entry.role === role));
  return notes.flatMap((note): QualityNote[] => {
    if (note.code !== 'roles-missing') return [note];
    return missing.length === 0 ? [] : [{ ...note, ...noteSentence('roles-missing', { phases: missing.join(',') }) }];
  });
};
