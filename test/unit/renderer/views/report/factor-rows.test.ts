import { describe, expect, it } from 'vitest';
import { factorRows } from '../../../../../src/renderer/views/report/factor-rows.ts';

describe('the factors of a report', () => {
  it('are written as they were entered, not rounded', () => {
    const rows = factorRows({
      afp: { value: 24567, unit: 'ng/mL' },
      bilirubin: { value: 30.04, unit: 'µmol/L' },
      platelets: { value: 59.96, unit: '10^9/L' },
    });
    expect(rows.map(({ number, unit }) => [number, unit])).toEqual([
      ['24567', 'ng/mL'],
      ['30.04', 'µmol/L'],
      ['59.96', '10⁹/L'],
    ]);
  });

  it('show no unit where there is none: an INR of 1.1 must not read as 1.1 1', () => {
    expect(factorRows({ inr: { value: 1.1, unit: '1' } })).toMatchObject([{ number: '1.1', unit: '' }]);
  });

  it('name the assay, the factor of conversion, the date and what was not typed by a person', () => {
    expect(
      factorRows({
        afp: { value: 300, unit: 'IU/mL', ngPerIU: 1.21, date: '2026-03-14' },
        pivkaII: { value: 900, unit: 'mAU/mL', assay: 'Lumipulse' },
        largestDiameter: { value: 84.2, unit: 'mm', origin: 'lesion' },
        pvtt: { value: 'vp3', origin: 'user' },
      }),
    ).toMatchObject([
      { id: 'afp', ngPerIU: '1.21', date: '2026-03-14', origin: undefined },
      { id: 'pivkaII', assay: 'Lumipulse', ngPerIU: '' },
      { id: 'largestDiameter', origin: 'lesion' },
      { id: 'pvtt', choice: 'vp3', number: '', origin: undefined },
    ]);
  });
});
