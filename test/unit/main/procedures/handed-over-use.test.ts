import { expect, test } from 'vitest';
import { HandedOverUse } from '../../../../src/main/procedures/handed-over-use.ts';

const used = async () => {
  const removed: string[] = [];
  const use = new HandedOverUse({ prefix: 'upload:', remove: async (id) => void removed.push(id) });
  for (const [upload, openId, id] of [
    ['u1', 'o1', 'c1'],
    ['u2', 'o2', 'c2'],
  ]) {
    await use.answered('study.open', { path: `upload:${upload}` }, { openId, studies: [{}] });
    await use.answered('cases.save', { openId }, { id });
  }
  return { use, removed };
};

test('the files of an erased case go, once its study is not open any more', async () => {
  const { use, removed } = await used();
  await use.answered('cases.erase', { id: 'c1' }, {});
  expect(removed).toStrictEqual([]);
  await use.answered('study.close', { openId: 'o1' }, {});
  expect(removed).toStrictEqual(['u1']);
});

test('an export that was handed over stays while it is looked at, and goes when it is taken over or the page is done with it', async () => {
  const { use, removed } = await used();
  await use.answered('records.import', { path: 'upload:e1', dryRun: true }, {});
  await use.failed('records.import', { path: 'upload:e1' });
  expect(removed).toStrictEqual([]);
  await use.answered('records.import', { path: 'upload:e1', dryRun: false }, {});
  await use.letGo('e2');
  // What a study or a case still needs is not let go of, whoever says so.
  await use.letGo('u1');
  expect(removed).toStrictEqual(['e1', 'e2']);
});

test('with everything of a patient go the files of all cases, and of studies that were open', async () => {
  const { use, removed } = await used();
  await use.answered('study.close', { openId: 'o2' }, {});
  await use.answered('cases.erasePatient', { id: 'c1', caseIds: ['c1', 'c2'] }, { closed: ['o1'] });
  expect(removed.sort()).toStrictEqual(['u1', 'u2']);
});

const followed = async () => {
  const { use, removed } = await used();
  await use.answered('study.open', { path: 'upload:u3' }, { openId: 'o3', studies: [{}] });
  await use.answered('course.addFollowUp', { caseId: 'c1', openId: 'o3' }, { timePointId: 't' });
  await use.answered('study.close', { openId: 'o3' }, {});
  return { use, removed };
};

test('the files of a follow-up stay while its case does: they are nowhere else', async () => {
  const { use, removed } = await followed();
  await use.answered('course.openImages', { caseId: 'c1', timePointId: 't' }, { openId: 'o4' });
  expect(removed).toStrictEqual([]);
  await use.answered('cases.erase', { id: 'c1' }, {});
  expect(removed).toStrictEqual([]);
  await use.answered('study.close', { openId: 'o4' }, {});
  expect(removed).toStrictEqual(['u3']);
});

test('files that a follow-up was found in take the place of those before, and are not kept where that fails', async () => {
  const { use, removed } = await followed();
  await use.failed('course.openImages', { caseId: 'c1', timePointId: 't', path: 'upload:u4' });
  expect(removed).toStrictEqual(['u4']);
  await use.answered(
    'course.openImages',
    { caseId: 'c1', timePointId: 't', path: 'upload:u5' },
    { openId: 'o5', studies: [{}] },
  );
  expect(removed).toStrictEqual(['u4', 'u3']);
  await use.answered('study.close', { openId: 'o5' }, {});
  await use.answered('cases.erasePatient', { id: 'c1', caseIds: ['c1'] }, { closed: [] });
  expect(removed).toStrictEqual(['u4', 'u3', 'u5']);
});

test('what was kept from them holds files only where they are to stay for cases', async () => {
  for (const stays of [true, false]) {
    const removed: string[] = [];
    const remove = async (id: string) => void removed.push(id);
    const use = new HandedOverUse({ prefix: 'pacs:', remove, staysForCases: () => stays });
    await use.answered('study.open', { path: 'pacs:f1' }, { openId: 'o1', studies: [{}] });
    await use.answered('cases.save', { openId: 'o1' }, { id: 'c1' });
    expect(removed).toStrictEqual([]);
    await use.answered('study.close', { openId: 'o1' }, {});
    expect(removed).toStrictEqual(stays ? [] : ['f1']);
  }
});
