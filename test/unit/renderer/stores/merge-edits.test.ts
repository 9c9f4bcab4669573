import { describe, expect, it } from 'vitest';
import { type CaseEdit, emptyEdit } from '../../../../src/renderer/stores/case-edit.ts';
import { differences, merged } from '../../../../src/renderer/stores/merge-edits.ts';

const edit = (changes: Partial<CaseEdit>): CaseEdit => ({ ...emptyEdit, ...changes });
const role = (confirmedAt: string) => ({
  role: 'arterial' as const,
  seriesId: 's',
  origin: 'user' as const,
  confirmedAt,
});

describe('two edits of one case', () => {
  it('differ part by part, and each says who changed it', () => {
    const base = edit({ note: 'old', factors: { ecog: { value: '0' }, afp: { value: 1 } } });
    const mine = edit({ note: 'mine', factors: { ecog: { value: '1' }, afp: { value: 1 } } });
    const theirs = edit({ note: 'theirs', factors: { ecog: { value: '0' }, afp: { value: 2 } } });
    expect(differences(mine, theirs, base)).toEqual([
      { part: 'factors.ecog', changedBy: 'mine' },
      { part: 'factors.afp', changedBy: 'theirs' },
      { part: 'note', changedBy: undefined },
    ]);
  });

  it('without a common beginning: what only one says is that one’s, what both say is to be chosen', () => {
    const mine = edit({ baseRate: 0.3, factors: { ecog: { value: '1' } } });
    const theirs = edit({ note: 'theirs', factors: { ecog: { value: '2' } } });
    expect(differences(mine, theirs, undefined)).toEqual([
      { part: 'factors.ecog', changedBy: undefined },
      { part: 'baseRate', changedBy: 'mine' },
      { part: 'note', changedBy: 'theirs' },
    ]);
  });

  it('are alike where only the time of a confirmation differs', () => {
    expect(differences(edit({ roles: [role('1')] }), edit({ roles: [role('2')] }), undefined)).toEqual([]);
  });

  it('become one by the choice for each part; a factor that was taken away stays away', () => {
    const mine = edit({ note: 'mine', factors: { afp: { value: 1 } } });
    const theirs = edit({ note: 'theirs', factors: { afp: { value: 2 }, ecog: { value: '1' }, age: { value: 60 } } });
    const chosen = new Map([
      ['note', 'theirs'],
      ['factors.afp', 'theirs'],
      ['factors.ecog', 'mine'],
      ['factors.age', 'theirs'],
    ] as const);
    expect(merged(mine, theirs, chosen)).toEqual(
      edit({ note: 'theirs', factors: { afp: { value: 2 }, age: { value: 60 } } }),
    );
  });

  it('keep the very inputs that a prediction was made from where none of the other’s is taken', () => {
    const mine = edit({ note: 'mine', factors: { afp: { value: 1 } } });
    const theirs = edit({ note: 'theirs', factors: { afp: { value: 2 } } });
    const chosen = new Map([
      ['note', 'theirs'],
      ['factors.afp', 'mine'],
    ] as const);
    expect(merged(mine, theirs, chosen).factors).toBe(mine.factors);
  });
});
