import { expect, test } from 'vitest';
import { UploadUse } from '../../../../../src/main/hosts/loopback/upload-use.ts';

const used = async () => {
  const removed: string[] = [];
  const use = new UploadUse({ remove: async (id) => void removed.push(id) });
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

test('with everything of a patient go the files of all cases, and of studies that were open', async () => {
  const { use, removed } = await used();
  await use.answered('study.close', { openId: 'o2' }, {});
  await use.answered('cases.erasePatient', { id: 'c1', caseIds: ['c1', 'c2'] }, { closed: ['o1'] });
  expect(removed.sort()).toStrictEqual(['u1', 'u2']);
});
