import { describe, expect, it } from 'vitest';
import { notesWithRoles } from '#shared/study/notes.ts';
import { modelRoles } from '#shared/study/roles.ts';

const missing = {
  code: 'roles-missing',
  severity: 'warning' as const,
  text: 'No series was recognised for: arterial, t2. Assign one by hand, or leave it out.',
  params: { phases: 'arterial,t2' },
};
const other = { code: 'field-strength', severity: 'warning' as const, text: 'The field strength is 7 T.' };

describe('the remark about roles without a series', () => {
  it('names those that are without one now', () => {
    const roles = modelRoles.filter((role) => role !== 't2').map((role) => ({ role }));
    expect(notesWithRoles([missing, other], roles)).toEqual([
      expect.objectContaining({ code: 'roles-missing', params: { phases: 't2' } }),
      other,
    ]);
  });

  it('goes when every role has one, and leaves the other remarks', () => {
    expect(
      notesWithRoles(
        [missing, other],
        modelRoles.map((role) => ({ role })),
      ),
    ).toEqual([other]);
  });

  it('is not made up where the scan had none', () => {
    expect(notesWithRoles([other], [])).toEqual([other]);
  });
});
