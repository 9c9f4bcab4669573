import { describe, expect, it } from 'vitest';
import { cleanDescription } from '../../../../../src/main/study/deidentify/clean-text.ts';
import { holdsIdentity } from '../../../../../src/main/study/deidentify/identity-words.ts';

describe('cleanDescription', () => {
  it.each([
    ['t1_vibe_dixon_tra_bh_W', 't1 vibe dixon tra bh W'],
    ['AX LAVA +C ART 25 sec', 'AX LAVA +C ART 25 sec'],
    ['T2* map', 'T2* map'],
    ['动脉期 25秒', '动脉期 25 秒'],
    ['肝臓 動脈相', '肝臓 動脈相'],
    ['Leber arteriell nativ', 'Leber arteriell nativ'],
    ['3D SPGR 20240102', '3D SPGR'],
    ['MRI for Mr Smith, room 5', undefined],
    ['张三 增强', '增强'],
    ['ID 8812345', undefined],
    // Dates, telephone numbers and numbers of patients, however they are divided.
    ['MRI Liver 12/05/19', 'Liver'],
    ['DOB 3-4-52 liver', 'liver'],
    ['2019/05/12 t1', 't1'],
    ['2019.05.12_t1', 't1'],
    ['vibe_12_05_19_tra', 'vibe tra'],
    ['tel 555 123 456', undefined],
    ['tel (555) 123-456 liver', 'liver'],
    ['MRN 12-34-56 abdomen', 'abdomen'],
    ['12 May 2019 liver', 'liver'],
    ['liver 12th May', 'liver'],
    ['12May19 liver', 'liver'],
    ['120519 liver 19', 'liver'],
    ['2019年5月12日 肝', '肝'],
    ['52m liver', 'liver'],
    ['art 12 05 19 s', 'art s'],
    ['12.05.19 mm', 'mm'],
    // What roles are told by.
    ['T1 VIBE 3D', 'T1 VIBE 3D'],
    ['ph 2 art 1 20s', 'ph 2 art 1 20s'],
    ['2nd phase, dyn 3', '2nd phase dyn 3'],
    ['HBP 20 min', 'HBP 20 min'],
    ['post 3 min 5 mm', 'post 3 min 5 mm'],
    ['tra 2.5 mm 2.5mm', 'tra 2.5 mm 2.5mm'],
    ['dwi b50 b400 b1000 b1961', 'dwi b50 b400 b1000'],
    ['第3期 动态', '3 期 动态'],
    ['延迟期3分钟', '延迟期 3 分钟'],
    ['', undefined],
  ])('%j becomes %j', (text, expected) => {
    expect(cleanDescription(text)).toBe(expected);
  });

  it('drops a word of imaging that is also the patient’s name', () => {
    expect(cleanDescription('t1 art liver', new Set(['art']))).toBe('t1 liver');
  });
});

describe('holdsIdentity', () => {
  const words = new Set(['quill', 'wu', '欧阳']);
  it.each([
    ['Liver of Quill', true],
    ['QUILLS report', true],
    ['tranquil', false],
    ['wu scanner', false],
    ['欧阳晓 MRI', true],
    ['MRI', false],
  ])('%j: %j', (text, expected) => {
    expect(holdsIdentity(text, words)).toBe(expected);
  });
});
