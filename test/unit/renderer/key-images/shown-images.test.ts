import { describe, expect, it } from 'vitest';
import { encodeWithin } from '../../../../src/renderer/key-images/encode.ts';
import { imagesByRole, keptShown, mergeTaken } from '../../../../src/shared/cases/shown-images.ts';
import { keyImage } from '../stores/key-image.ts';

const plain = keyImage('a', 'index-lesion');
const mapped = keyImage('b', 'index-lesion', { predictionId: 'one' });

describe('the key images of a case', () => {
  it('come by role in the order of the panes, with the map of the prediction in force', () => {
    const t2 = keyImage('c', 'index-lesion', { role: 't2' });
    expect(imagesByRole([t2, mapped, plain], 'one')).toEqual([
      { role: 'arterial', plain, mapped },
      { role: 't2', plain: t2, mapped: undefined },
    ]);
  });

  it('never show the map of another prediction, or of one that is withheld', () => {
    for (const predictionId of ['two', undefined]) {
      expect(imagesByRole([plain, mapped], predictionId)).toEqual([{ role: 'arterial', plain, mapped: undefined }]);
      expect(keptShown([mapped, plain], predictionId)).toEqual([plain]);
    }
  });

  it('stay for a role whose pane was not ready, unless another series plays it now', () => {
    const t2 = keyImage('c', 'index-lesion', { role: 't2', seriesId: 't' });
    const fresh = keyImage('d', 'index-lesion');
    expect(mergeTaken([plain, t2], [fresh], () => 't')).toEqual([t2, fresh]);
    expect(mergeTaken([plain, t2], [fresh], () => 'another')).toEqual([fresh]);
  });

  it('that came out as before stay the ones that are kept', () => {
    const again = { ...plain, takenAt: '2027-01-01T00:00:00Z' };
    expect(mergeTaken([plain], [again], () => 's')).toEqual([plain]);
  });
});

describe('pictures for a given room', () => {
  it('are as large as fits', async () => {
    const encode = async ({ longest }: { longest: number }) => [{ size: longest * 100 }, { size: longest * 100 }];
    expect(await encodeWithin(110_000, encode)).toEqual([{ size: 51_200 }, { size: 51_200 }]);
    expect(await encodeWithin(200_000, encode)).toEqual([{ size: 64_000 }, { size: 64_000 }]);
    expect(await encodeWithin(10, encode)).toBeUndefined();
  });
});
