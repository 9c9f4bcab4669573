import { describe, expect, it } from 'vitest';
import { assess, type Cell, codes, overalls, targets, type Written } from './timelines.ts';

const rows = (...sums: Cell[]): Cell[][] => sums.map((sum) => [sum]);

const node = (id: string) => ({ id, organ: 'node', node: true, role: 'target' as const });
const liver = (id: string, role: 'target' | 'non-target' = 'target') => ({ id, organ: 'liver', node: false, role });

describe('a target that was not measured at baseline', () => {
  it('is left out of every sum, and said: what has no beginning has not grown', () => {
    const written: Written = {
      rows: [
        [100, 'not-assessed'],
        [60, 50],
      ],
    };
    const { visits, remarks } = assess(written);
    expect(visits[1]).toMatchObject({ sum: 60, changeFromBaseline: -40, target: 'PR' });
    expect(remarks).toContainEqual(
      expect.objectContaining({ code: 'not-measured-at-baseline', params: { lesions: 'L2' } }),
    );
  });

  it('makes no progression from nothing where it is the only one', () => {
    expect(overalls({ rows: rows('not-assessed', 50) })).toEqual(['NE']);
  });
});

describe('target response by RECIST 1.1', () => {
  it.each<[string, Cell[], string[]]>([
    ['exactly −30 % is a partial response', [100, 70], ['PR']],
    ['−29.5 % prints as −30 % and is none', [88, 62], ['SD']],
    ['+16 % from the nadir is no progression', [100, 50, 58], ['PR', 'PR']],
    ['progression beats a sum far under the baseline', [100, 50, 60], ['PR', 'PD']],
    ['20 % without 5 mm is no progression', [40, 20, 24, 25], ['PR', 'PR', 'PD']],
    ['+4.8 mm', [24, 28.8], ['SD']],
    ['+5 mm and 20.8 %', [24, 29], ['PD']],
    ['the baseline is the first nadir', [90, 108], ['PD']],
    ['growth is judged from the nadir, not from the baseline', [100, 75, 86, 90], ['SD', 'SD', 'PD']],
    ['the example of EORTC', [165, 63, 65], ['PR', 'PR']],
  ])('%s', (_name, sums, expected) => {
    expect(targets({ rows: rows(...sums) })).toEqual(expected);
  });

  it.each([
    [false, ['PR', 'PR', 'SD', 'SD', 'SD']],
    [true, ['PR', 'PR', 'PR', 'PR', 'PR']],
  ])(
    'keeps a confirmed partial response until progression where asked (prCarryForward %s)',
    (prCarryForward, expected) => {
      const written: Written = { rows: rows(100, 70, 70, 80, 80, 80), options: { prCarryForward } };
      expect(targets(written)).toEqual(expected);
      expect(assess(written).best.response).toBe('PR');
      expect(codes(written, 5).includes('response-kept')).toBe(prCarryForward);
    },
  );

  it('is complete with a node under 10 mm, though the sum is not 0', () => {
    const lesions = [liver('L1'), node('N1')];
    expect(
      targets({
        lesions,
        rows: [
          [22, 15],
          ['gone', 8],
        ],
      }),
    ).toEqual(['CR']);
    expect(
      assess({
        lesions,
        rows: [
          [22, 15],
          ['gone', 8],
        ],
      }).visits[1]?.sum,
    ).toBe(8);
    expect(
      targets({
        lesions,
        rows: [
          [22, 15],
          ['gone', 10],
        ],
      }),
    ).toEqual(['PR']);
  });

  it('leaves a node that reaches 10 mm again to a reader', () => {
    const written: Written = {
      lesions: [node('N1'), node('N2')],
      rows: [
        [20, 18],
        [9, 8],
        [11, 8],
      ],
    };
    expect(targets(written)).toEqual(['CR', 'PR']);
    expect(codes(written, 2)).toContain('node-regrown');
  });

  it('counts what is too small to measure as 5 mm, says so, and still asks for 5 mm of growth', () => {
    const written: Written = {
      rows: [
        [30, 22],
        ['too-small', 'gone'],
        [9, 'gone'],
        [10, 'gone'],
      ],
    };
    expect(targets(written)).toEqual(['PR', 'PR', 'PD']);
    expect(codes(written, 1)).toContain('counted-as-five');
  });

  it('uses a value under 5 mm where it could be measured', () => {
    expect(assess({ rows: rows(30, 3) }).visits[1]?.sum).toBe(3);
  });

  it('adds the pieces of a lesion that fell apart', () => {
    const split = (...parts: number[]): Cell[] => [{ parts }];
    expect(targets({ rows: [[60], split(28, 20), split(28, 22), split(30, 27)] })).toEqual(['SD', 'SD', 'SD']);
  });

  it('counts a merged lesion once', () => {
    const written: Written = {
      rows: [
        [30, 25],
        [66, { into: 'L1' }],
      ],
    };
    expect(targets(written)).toEqual(['PD']);
    expect(assess(written).visits[1]?.sum).toBe(66);
  });

  it('progresses though a lesion was not assessed, where its size could not change that', () => {
    const written: Written = {
      rows: [
        [20, 15, 15],
        [40, 40, 'not-assessed'],
      ],
    };
    expect(targets(written)).toEqual(['PD']);
    expect(codes(written, 1)).toContain('progression-whatever');
  });

  it('cannot be evaluated where the lesion that was not assessed could change the answer', () => {
    expect(
      targets({
        rows: [
          [20, 15, 15],
          [12, 10, 'not-assessed'],
        ],
      }),
    ).toEqual(['NE']);
  });

  it('takes a target without an entry as not assessed', () => {
    expect(targets({ rows: [[20, 15], [12]] })).toEqual(['NE']);
  });

  it('takes no nadir from a visit at which a target was not assessed', () => {
    // 30 of the second visit is no sum of all targets: from 100, 105 is no progression.
    expect(
      targets({
        rows: [
          [50, 50],
          [30, 'not-assessed'],
          [55, 50],
        ],
      }),
    ).toEqual(['NE', 'SD']);
  });

  it('returns a lesion that reappears without an earlier complete response to the sum', () => {
    expect(
      targets({
        rows: [
          [40, 30, 30],
          [35, 25, 0],
          [35, 25, 10],
        ],
      }),
    ).toEqual(['PR', 'PR']);
    expect(
      targets({
        rows: [
          [40, 30, 30],
          [35, 25, 0],
          [35, 25, 12],
        ],
      }),
    ).toEqual(['PR', 'PD']);
  });

  it('progresses where anything reappears after a complete response, and forms no percentage of 0', () => {
    const written: Written = { rows: rows(80, 0, 6) };
    expect(targets(written)).toEqual(['CR', 'PD']);
    expect(targets({ rows: rows(80, 0, 0, 6) })).toEqual(['CR', 'CR', 'PD']);
    expect(assess(written).visits[2]).toMatchObject({ changeFromNadir: undefined, overall: 'PD' });
    expect(codes(written, 2)).toContain('reappeared');
  });

  it.each([
    [100, 70, -30],
    [24, 29, 20.833],
  ])('tells the change of %s to %s in percent, unrounded', (before, after, percent) => {
    expect(assess({ rows: rows(before, after) }).visits[1]?.changeFromBaseline).toBeCloseTo(percent, 3);
  });
});

describe('the response of a visit', () => {
  const gone = rows(50, 'gone');
  it.each<[string, Written, string]>([
    [
      'a raised marker blocks a complete response',
      { rows: gone, also: { 1: { nonTarget: 'CR', markers: 'raised' } } },
      'PR',
    ],
    ['a raised marker does so without non-target lesions', { rows: gone, also: { 1: { markers: 'raised' } } }, 'PR'],
    ['complete, complete', { rows: gone, also: { 1: { nonTarget: 'CR' } } }, 'CR'],
    ['complete without non-target lesions', { rows: gone }, 'CR'],
    ['non-target lesions persist', { rows: gone, also: { 1: { nonTarget: 'NON-CR/NON-PD' } } }, 'PR'],
    ['non-target lesions not assessed', { rows: gone, also: { 1: { nonTarget: 'NE' } } }, 'PR'],
    ['unequivocal progression of non-target lesions', { rows: rows(100, 60), also: { 1: { nonTarget: 'PD' } } }, 'PD'],
    ['a new lesion', { rows: gone, also: { 1: { nonTarget: 'CR', newLesions: true } } }, 'PD'],
    ['partial, not all evaluated', { rows: rows(100, 60), also: { 1: { nonTarget: 'NE' } } }, 'PR'],
    ['stable, not all evaluated', { rows: rows(100, 90), also: { 1: { nonTarget: 'NE' } } }, 'SD'],
    ['not evaluated, no progression', { rows: rows(100, 'not-assessed'), also: { 1: { nonTarget: 'CR' } } }, 'NE'],
    ['not evaluated, new lesion', { rows: rows(100, 'not-assessed'), also: { 1: { newLesions: 1 } } }, 'PD'],
    [
      'not evaluated, non-target progression',
      { rows: rows(100, 'not-assessed'), also: { 1: { nonTarget: 'PD' } } },
      'PD',
    ],
  ])('%s', (_name, written, expected) => {
    expect(overalls(written)).toEqual([expected]);
  });

  it.each<[string, Written, string, string]>([
    ['a raised marker', { rows: gone, also: { 1: { nonTarget: 'CR', markers: 'raised' } } }, 'CR', 'PR'],
    ['progression elsewhere', { rows: rows(100, 60), also: { 1: { nonTarget: 'PD' } } }, 'PR', 'PD'],
    ['a new lesion', { rows: gone, also: { 1: { nonTarget: 'CR', newLesions: 1 } } }, 'CR', 'PD'],
    ['a non-target lesion not assessed', { rows: gone, also: { 1: { nonTarget: 'NE' } } }, 'CR', 'PR'],
    ['progression of the targets alone', { rows: rows(90, 108), also: { 1: { nonTarget: 'CR' } } }, 'PD', 'PD'],
  ])('keeps the response of the targets apart from that of the visit: %s', (_name, written, target, overall) => {
    expect(assess(written).visits[1]).toMatchObject({ target, overall });
  });

  it('rests on the non-target lesions where nothing can be measured', () => {
    const lesions = [{ ...liver('A1', 'non-target'), organ: 'ascites' }];
    const also = { 1: { nonTarget: 'NON-CR/NON-PD' }, 2: { nonTarget: 'PD' } };
    expect(overalls({ lesions, rows: [[], [], []], also })).toEqual(['NON-CR/NON-PD', 'PD']);
    expect(overalls({ lesions, rows: [[], []], also: { 1: { nonTarget: 'CR' } } })).toEqual(['CR']);
    expect(overalls({ lesions, rows: [[], []] })).toEqual(['NE']);
    expect(overalls({ lesions, rows: [[], []], also: { 1: { nonTarget: 'CR', newLesions: 1 } } })).toEqual(['PD']);
  });

  it('reads the non-target lesions from their measures, and never a progression from them', () => {
    const lesions = [liver('L1'), liver('L2', 'non-target')];
    expect(
      overalls({
        lesions,
        rows: [
          [50, 20],
          ['gone', 'gone'],
        ],
      }),
    ).toEqual(['CR']);
    expect(
      overalls({
        lesions,
        rows: [
          [50, 20],
          ['gone', 60],
        ],
      }),
    ).toEqual(['PR']);
    expect(
      overalls({
        lesions,
        rows: [
          [50, 20],
          ['gone', 'not-assessed'],
        ],
      }),
    ).toEqual(['PR']);
  });

  it('dates a progression back to the visit that first showed the lesion', () => {
    const also = { 1: { newLesions: 'equivocal' }, 2: { newLesions: true } };
    const assessed = assess({ rows: rows(100, 100, 100), also });
    expect(assessed.visits.slice(1).map(({ overall }) => overall)).toEqual(['SD', 'PD']);
    expect(assessed.progression).toBe(assessed.visits[1]?.date);
  });
});

describe('the target lesions', () => {
  const many = { L1: 60, L2: 45, L3: 30, L4: 12, N1: 16, P1: 11 };
  const lesions = [
    ...['L1', 'L2', 'L3', 'L4'].map((id) => ({ id, organ: 'liver' })),
    { id: 'N1', organ: 'hilum', node: true },
    { id: 'P1', organ: 'lung' },
  ];

  it('are the largest, two in an organ at most, where nobody has chosen them', () => {
    expect(assess({ lesions, rows: [Object.values(many)] }).visits[0]?.sum).toBe(132);
  });

  it('are remarked on where they are more than RECIST 1.1 counts, or smaller', () => {
    const three = ['L1', 'L2', 'L3'].map((id) => liver(id));
    const found = assess({ lesions: three, rows: [[40, 30, 8]] }).remarks.map(({ code }) => code);
    expect(found).toEqual(['too-many-in-organ', 'small-target']);
  });

  it('count all nodes as one organ', () => {
    const nodes = ['hilum', 'mediastinum', 'axilla'].map((organ, index) => ({ ...node(`N${index}`), organ }));
    expect(assess({ lesions: nodes, rows: [[20, 20, 20]] }).remarks.map(({ code }) => code)).toEqual([
      'too-many-in-organ',
    ]);
  });
});
