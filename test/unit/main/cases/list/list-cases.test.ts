import { describe, expect, test } from 'vitest';
import type { CaseQuery } from '#shared/cases/case.ts';
import { listCases } from '../../../../../src/main/cases/list/list-cases.ts';
import { sampleCase, samplePrediction, sampleStudy } from '../sample-case.ts';
import { temporaryStore } from '../temporary-store.ts';

const people = [
  ['Müller^Jürgen', 'HCC-100%'],
  ['Zhang^Sanfeng=张^三丰', '0042'],
  ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'J_7'],
  ["O'Neil^Mary Ann", 'X"1'],
] as const;

describe('the list of cases', () => {
  const filled = () => {
    let minute = 0;
    const store = temporaryStore(() => new Date(Date.UTC(2024, 0, 1, 0, minute++)));
    for (const [name, id] of people) store.save(sampleCase({ study: sampleStudy(name, id) }), 'a');
    return store;
  };

  test.each([
    ['muller', 'Müller^Jürgen'],
    ['JÜRGEN', 'Müller^Jürgen'],
    ['jurgen muller', 'Müller^Jürgen'],
    ['100%', 'Müller^Jürgen'],
    ['张三', 'Zhang^Sanfeng=张^三丰'],
    ['张三丰', 'Zhang^Sanfeng=张^三丰'],
    ['三', 'Zhang^Sanfeng=张^三丰'],
    ['anfe', 'Zhang^Sanfeng=张^三丰'],
    ['042', 'Zhang^Sanfeng=张^三丰'],
    ['山田太郎', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['やまだ', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['j_7', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ["o'neil", "O'Neil^Mary Ann"],
    ['x"1', "O'Neil^Mary Ann"],
  ])('finds %s', (text, name) => {
    expect(
      filled()
        .list({ text })
        .cases.map((one) => one.patientName),
    ).toStrictEqual([name]);
  });

  test.each(['muller sanfeng', 'nobody', '_', '%%', 'a OR b', '"'])('does not find %s in these four', (text) => {
    const found = filled()
      .list({ text })
      .cases.map((one) => one.patientName);
    // One-character patterns stand for themselves: `_` is in J_7 and `"` in X"1, and nowhere else.
    const literal: Record<string, string[]> = { _: [people[2][0]], '"': [people[3][0]] };
    expect(found).toStrictEqual(literal[text] ?? []);
  });

  test('says that a number is withheld and does not hold it, and finds such cases', () => {
    const store = temporaryStore();
    const withheldBecause = [{ code: 'ecog', text: 'ECOG 4', params: { ecog: 4 } }];
    const prediction = { ...samplePrediction(), decision: 'withheld' as const, withheldBecause };
    const { id } = store.save(sampleCase({ prediction }), 'a');
    const [listed] = store.list({ decision: 'withheld' }).cases;
    expect(listed).toMatchObject({ id, decision: 'withheld', probability: null, interval: null, status: 'predicted' });
    expect(listed?.withheldBecause).toEqual(withheldBecause);
    expect(store.get(id).predictions[0]).toMatchObject({ decision: 'withheld', withheldBecause });
    store.record({ action: 'prediction.shown-although-withheld', caseId: id, detail: { prediction: 'p' } }, 'Dr A');
    const { entries, intact } = store.audit(id);
    expect(intact).toBe(true);
    expect(entries.at(-1)).toMatchObject({ action: 'prediction.shown-although-withheld', actor: 'Dr A' });
  });

  test('finds the description that all of them have, newest first, by pages', () => {
    const store = filled();
    expect(store.list({ text: 'leber' }).cases.map((one) => one.patientName)).toStrictEqual(
      people.map(([name]) => name).toReversed(),
    );
    const first = store.list({ limit: 2 });
    expect(first.total).toBe(4);
    const second = store.list({ limit: 2, after: first.next ?? undefined });
    expect(second.cases.map((one) => one.patientName)).toStrictEqual([people[1][0], people[0][0]]);
    expect(second.next).toBeNull();
  });

  /** Two of each value, so that pages end within equals; three without a result, in a study without a date. */
  const varied = () => {
    let minute = 0;
    const store = temporaryStore(() => new Date(Date.UTC(2024, 0, 1, 0, minute++)));
    const keep = (n: number, name: string, id: string, date: string | undefined, probability: number | undefined) => {
      const { studyDate: _date, ...study } = sampleStudy(name, id);
      const { prediction: _none, ...rest } = sampleCase({ study: { ...study, ...(date ? { studyDate: date } : {}) } });
      store.save(
        { ...rest, ...(probability === undefined ? {} : { prediction: samplePrediction(`p${n}`, probability) }) },
        'a',
      );
    };
    keep(1, 'beta', 'Z9', '20240105', 0.9);
    keep(2, 'Alpha', 'a1', undefined, undefined);
    keep(3, 'Beta', 'z9', '20230101', 0.2);
    keep(4, 'gamma', 'M', '20240105', 0.2);
    keep(5, 'alpha', 'A1', undefined, undefined);
    keep(6, 'Delta', 'm', '20250101', 0.55);
    keep(7, 'ALPHA', 'b', undefined, undefined);
    return store;
  };

  test.each([
    [{ by: 'patient', descending: false }, '2 5 7 1 3 6 4'],
    [{ by: 'patient', descending: true }, '4 6 3 1 7 5 2'],
    [{ by: 'patientId', descending: false }, '2 5 7 4 6 1 3'],
    [{ by: 'studyDate', descending: false }, '3 1 4 6 7 5 2'],
    [{ by: 'studyDate', descending: true }, '6 4 1 3 7 5 2'],
    [{ by: 'probability', descending: true }, '1 6 4 3 7 5 2'],
    [{ by: 'probability', descending: false }, '3 4 6 1 7 5 2'],
    [{ by: 'model', descending: false }, '1 3 4 6 7 5 2'],
    [{ by: 'changed', descending: false }, '1 2 3 4 5 6 7'],
    [undefined, '7 6 5 4 3 2 1'],
  ] as const)('sorts by %j over pages of any length, what has no value last', (sort, expected) => {
    const store = varied();
    const query: CaseQuery = sort ? { sort } : {};
    for (const [limit, text] of [
      [1, undefined],
      [2, undefined],
      [3, undefined],
      [7, undefined],
      // Found by all: the same order where a search leads.
      [2, 'leber'],
    ] as const) {
      const found: string[] = [];
      let after: CaseQuery['after'];
      do {
        const page = store.list({ ...query, limit, after, ...(text ? { text } : {}) });
        expect(page.total).toBe(7);
        found.push(...page.cases.map(({ updatedAt }) => String(new Date(updatedAt).getUTCMinutes() + 1)));
        after = page.next ?? undefined;
      } while (after);
      expect(found.join(' ')).toBe(expected);
    }
  });

  test('follows a corrected name', () => {
    const store = temporaryStore();
    const { id } = store.save(sampleCase({ study: sampleStudy('Wrong^Name') }), 'a');
    store.save(sampleCase({ caseId: id, study: sampleStudy('Right^Name') }), 'a');
    expect(store.list({ text: 'wrong' }).total).toBe(0);
    expect(store.list({ text: 'right' }).total).toBe(1);
  });

  test('filters by what the newest prediction says', () => {
    const store = temporaryStore();
    const { prediction: _none, ...unpredicted } = sampleCase();
    store.save(unpredicted, 'a');
    const { id } = store.save(sampleCase({ prediction: samplePrediction('one', 0.2) }), 'a');
    store.save(sampleCase({ caseId: id, prediction: samplePrediction('two', 0.8) }), 'a');
    expect(store.list({ status: 'in-progress' }).total).toBe(1);
    expect(store.list({ decision: 'below-threshold' }).total).toBe(0);
    expect(store.list({ decision: 'above-threshold' }).cases[0]).toMatchObject({
      id,
      probability: 0.8,
      interval: { level: 0.9, low: 0.05, high: 0.25 },
      decision: 'above-threshold',
      modelId: 'a-model',
      modelVersion: '1.0.0',
      modelStatus: 'simulated',
      status: 'predicted',
      studyDate: '20240131',
    });
  });
});

test('cases of one decision are found by it alone, also where their status is asked for', () => {
  const store = temporaryStore();
  const { decision } = samplePrediction('one');
  store.save(sampleCase({ prediction: samplePrediction('one') }), 'a');
  const asked = store.compare((db) => {
    const texts: string[] = [];
    const noting = {
      prepare: (sql: string) => {
        texts.push(sql);
        return db.prepare(sql);
      },
    } as unknown as typeof db;
    listCases(noting, { status: 'predicted', decision });
    return texts;
  });
  // Another column would be read from each row of the decision's, and not from its index.
  expect(asked.filter((sql) => sql.includes('l.predicted'))).toStrictEqual([]);
  expect(store.list({ status: 'predicted', decision }).total).toBe(1);
  expect(store.list({ status: 'in-progress', decision }).total).toBe(0);
});
