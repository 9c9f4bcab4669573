import { describe, expect, it } from 'vitest';
import { number, numbers, text, texts } from '../../../../../src/main/study/series/fact-values.ts';

describe('facts as they arrive', () => {
  it('reads numbers written as decimal strings, with blanks, signs and exponents (PS3.5 6.2)', () => {
    expect(number({ EchoTime: ' 4.76 ' }, 'EchoTime')).toBe(4.76);
    expect(number({ EchoTime: '6.000000e+00' }, 'EchoTime')).toBe(6);
    expect(number({ EchoTime: '-.5' }, 'EchoTime')).toBe(-0.5);
  });

  it('refuses what is no number instead of reading its beginning', () => {
    for (const value of ['4,76', '12abc', '', 'NaN', 'Infinity', '0x10']) {
      expect(number({ EchoTime: value }, 'EchoTime'), value).toBeUndefined();
    }
  });

  it('reads several values from arrays and from backslash strings alike', () => {
    expect(numbers({ PixelSpacing: '1.5\\1.25' }, 'PixelSpacing')).toEqual([1.5, 1.25]);
    expect(numbers({ PixelSpacing: ['1.5', 1.25] }, 'PixelSpacing')).toEqual([1.5, 1.25]);
    expect(texts({ ImageType: 'ORIGINAL\\PRIMARY\\\\M' }, 'ImageType')).toEqual(['ORIGINAL', 'PRIMARY', 'M']);
  });

  it('gives no vector at all where one of its values cannot be read', () => {
    expect(numbers({ ImagePositionPatient: '1\\x\\3' }, 'ImagePositionPatient')).toBeUndefined();
  });

  it('finds a keyword in any letter case, the exact spelling first', () => {
    expect(number({ echotime: 2 }, 'EchoTime')).toBe(2);
    expect(number({ echotime: 2, EchoTime: 3 }, 'EchoTime')).toBe(3);
    expect(text({}, 'EchoTime')).toBe('');
  });
});
