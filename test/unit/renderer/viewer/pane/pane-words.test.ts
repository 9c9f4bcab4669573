import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../../../../../src/renderer/locales/index.ts';
import { failureSentence, unplacedReason } from '../../../../../src/renderer/viewer/pane/pane-words.ts';

afterEach(() => setLanguage('en'));
const hasEnglishWords = /[A-Za-z]{3,}/;

describe('the words of a pane without an image', () => {
  it('say why an image cannot be decoded by a sentence, not by a code', () => {
    const error = { code: 'cannot-decode', message: 'Image 3 …', params: { reason: 'truncated', image: 3 } };
    expect(failureSentence(error)).toBe(
      'Image 3 of this series cannot be shown. The file ends too early. Copy it again from its source.',
    );
    setLanguage('zh-CN');
    expect(failureSentence(error)).not.toMatch(hasEnglishWords);
  });

  it('count the bytes of images that arrived incomplete, and pass on the sentence of a code without words', () => {
    const damaged = { code: 'volume-damaged', message: '', params: { expected: 20, received: 10 } };
    expect(failureSentence(damaged)).toContain('10 of 20 bytes');
    expect(failureSentence({ code: 'new-code', message: 'What happened. What to do.' })).toBe(
      'What happened. What to do.',
    );
  });

  it('say in the language that is set why a series has no place', () => {
    const series = { unplaced: 'English.', unplacedMessage: { code: 'shared-position', params: {} } };
    expect(unplacedReason({ unplaced: 'English.' }, series)).not.toBe('English.');
    setLanguage('zh-CN');
    expect(unplacedReason({ unplaced: 'English.' }, series)).toContain('位置');
    expect(unplacedReason({ unplaced: 'English.' }, undefined)).toBe('English.');
  });
});
