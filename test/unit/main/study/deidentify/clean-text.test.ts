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
    ['MRI for Mr Smith, room 5', '5'],
    ['张三 增强', '增强'],
    ['ID 8812345', undefined],
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
