import { describe, expect, test } from 'vitest';
import { sampleCase, samplePrediction, sampleStudy } from './sample-case.ts';
import { temporaryStore } from './temporary-store.ts';

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
    const page = store.list({ limit: 2, offset: 1 });
    expect(page.cases.map((one) => one.patientName)).toStrictEqual([people[2][0], people[1][0]]);
    expect(page.total).toBe(4);
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
