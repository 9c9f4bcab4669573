import { describe, expect, it } from 'vitest';
import { stackClocks } from '../../../../../src/main/study/series/stack-times.ts';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';

const seconds = (facts: SeriesFacts[]) => stackClocks(facts).map(({ time }) => time?.seconds);
const doubts = (facts: SeriesFacts[]) => stackClocks(facts).map(({ doubt }) => doubt);

/** A phase of one series, as every dynamic series has them. */
const phase = (more: SeriesFacts): SeriesFacts => ({
  SeriesInstanceUID: '1',
  SeriesDescription: 't1_vibe_fs_dynamic',
  ScanningSequence: 'GR',
  EchoTime: 1.5,
  RepetitionTime: 4.2,
  ImageType: ['ORIGINAL', 'PRIMARY', 'M'],
  AcquisitionTime: '100000',
  ...more,
});

const ten = 36_000;

describe('the time of a stack', () => {
  it('is the next best that the header has, with its attribute', () => {
    const clocks = stackClocks([
      { AcquisitionDateTime: '20240301100000', ContentTime: '110000' },
      { ContentTime: '111000', SeriesTime: '100000' },
      { SeriesTime: '101500' },
      {},
    ]);
    expect(clocks.map(({ time }) => [time?.source, time?.keyword])).toEqual([
      ['acquisition', 'AcquisitionTime'],
      ['content', 'ContentTime'],
      ['series', 'SeriesTime'],
      [undefined, undefined],
    ]);
  });

  it('is not the midnight that stands for a removed one', () => {
    const clocks = stackClocks([
      { AcquisitionTime: '000000.000000' },
      { AcquisitionTime: '000000', ContentTime: '100030' },
      { AcquisitionTime: '000001' },
    ]);
    expect(clocks.map(({ time, doubt }) => [time?.keyword, doubt])).toEqual([
      [undefined, 'time-removed'],
      ['ContentTime', undefined],
      ['AcquisitionTime', undefined],
    ]);
  });
});

describe('a time that stacks share', () => {
  // An export that stamps all phases with the start of the series; whatever told them apart, their times did not.
  it.each([
    ['acquisition number', (p: number) => ({ AcquisitionNumber: p + 1 })],
    ['temporal position', (p: number) => ({ TemporalPositionIdentifier: p + 1 })],
    ['content time', (p: number) => ({ ContentTime: `1000${10 * p}` })],
    ['echo number', (p: number) => ({ EchoNumbers: p + 1 })],
    ['nothing', () => ({})],
  ])('is no time for phases of one series told apart by %s', (_by, more) => {
    const phases = [0, 1, 2, 3].map((p) => phase(more(p)));
    expect(seconds(phases)).toEqual([undefined, undefined, undefined, undefined]);
    expect(doubts(phases)).toEqual(Array(4).fill('time-shared'));
  });

  it('is none over separate series either, and is for a series that has its own', () => {
    const constant = [2, 3, 4].map((n) => phase({ SeriesInstanceUID: String(n), SeriesNumber: n }));
    expect(seconds([...constant, phase({ SeriesInstanceUID: '9', AcquisitionTime: '100500' })])).toEqual([
      undefined,
      undefined,
      undefined,
      ten + 300,
    ]);
  });

  it('casts doubt on the other phases of its series, whose clock then counts something else', () => {
    const phases = [
      phase({ AcquisitionNumber: 1 }),
      phase({ AcquisitionNumber: 2 }),
      phase({ AcquisitionNumber: 3, AcquisitionTime: '100200' }),
    ];
    expect(doubts(phases)).toEqual(['time-shared', 'time-shared', 'time-shared']);
  });

  it('casts doubt on scans of different sequences, which cannot run at once', () => {
    const other = phase({ SeriesInstanceUID: '2', ScanningSequence: 'SE', RepetitionTime: 4000, EchoTime: 85 });
    expect(doubts([phase({}), other])).toEqual(['time-shared', 'time-shared']);
  });

  it.each<[string, SeriesFacts]>([
    ['echoes', { EchoTime: 2.3 }],
    ['Dixon parts', { ImageType: ['DERIVED', 'PRIMARY', 'DIXON', 'WATER'] }],
    ['a subtraction', { ImageType: ['DERIVED', 'SECONDARY', 'SUBTRACTION'] }],
    ['another reconstruction', { ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'ND'] }],
    ['flip angles', { FlipAngle: 15 }],
  ])('stays where one acquisition gives both: %s', (_what, more) => {
    expect(doubts([phase({ FlipAngle: 5 }), phase({ FlipAngle: 5, SeriesInstanceUID: '2', ...more })])).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('is found behind a date-time that differs, and the other way round', () => {
    const phases = [0, 1].map((p) => phase({ AcquisitionDateTime: `2024030110${p}000` }));
    expect(seconds(phases)).toEqual([undefined, undefined]);
  });
});

describe('times that disagree', () => {
  it.each([
    ['by an hour, as after a change of zone', '20240301090030', '100030', '20240301'],
    ['by half a minute', '20240301100100', '100030', '20240301'],
    ['by a day', '20240302100030', '100030', '20240301'],
    ['with a zone of their own', '20240301090030+0100', '100030', '20240301'],
  ])('decide nothing: %s', (_by, AcquisitionDateTime, AcquisitionTime, AcquisitionDate) => {
    const found = stackClocks([phase({ AcquisitionDateTime, AcquisitionTime, AcquisitionDate })]);
    expect(found).toEqual([{ doubt: 'times-disagree' }]);
  });

  it('may differ by rounding, and a frame’s own time beside that of its object', () => {
    expect(
      doubts([
        phase({ AcquisitionDateTime: '20240301100030.9', AcquisitionTime: '100031' }),
        phase({ FrameAcquisitionDateTime: '20240301101500', AcquisitionDateTime: '20240301100000' }),
      ]),
    ).toEqual([undefined, undefined]);
  });
});

describe('offsets from the start of a series', () => {
  const told = (keyword: string, values: number[], more: SeriesFacts = {}) =>
    stackClocks(values.map((value, p) => phase({ [keyword]: value, TemporalPositionIdentifier: p + 1, ...more })));

  it('TemporalPositionTimeOffset is taken as it is', () => {
    const clocks = told('TemporalPositionTimeOffset', [90, 120]);
    expect(clocks.map(({ time }) => [time?.seconds, time?.source])).toEqual([
      [ten + 90, 'acquisition'],
      [ten + 120, 'acquisition'],
    ]);
  });

  it('TriggerTime counts from the start of the series, not from the smallest one that was exported', () => {
    const clocks = told('TriggerTime', [90_000, 120_000]);
    expect(clocks.map(({ time }) => [time?.seconds, time?.source, time?.complete])).toEqual([
      [ten + 90, 'offset', false],
      [ten + 120, 'offset', false],
    ]);
    expect(told('TriggerTime', [0, 90_000])[0]?.time?.complete).toBe(true);
    expect(told('TriggerTime', [0, 90_000], { NumberOfTemporalPositions: 4 })[0]?.time?.complete).toBe(false);
  });

  it('TemporalResolution counts without pauses', () => {
    const clocks = [1, 3].map((p) => phase({ TemporalPositionIdentifier: p, TemporalResolution: 20_000 }));
    expect(stackClocks(clocks).map(({ time }) => [time?.seconds, time?.source])).toEqual([
      [ten, 'offset'],
      [ten + 40, 'offset'],
    ]);
  });

  it('tell nothing where they are the same', () => {
    expect(told('TriggerTime', [0, 0]).map(({ doubt }) => doubt)).toEqual(['time-shared', 'time-shared']);
  });
});
