import { describe, expect, it } from 'vitest';
import { assembleStudies } from '../../../../../src/main/study/assemble/assemble-studies.ts';
import type { ImageRecord } from '../../../../../src/main/study/records.ts';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';
import { scannedStudySchema } from '../../../../../src/shared/study/study.ts';
import { image, slices } from '../series/make-images.ts';

const series = (uid: number, attributes: SeriesFacts): ImageRecord[] =>
  slices(4, 100 * uid, { SeriesNumber: uid, MagneticFieldStrength: 1.5, SliceThickness: 5, ...attributes }).map(
    (record) => ({ ...record, seriesInstanceUID: `1.2.3.${uid}` }),
  );

const t1 = { ScanningSequence: 'GR', EchoTime: 2.2, RepetitionTime: 4.5, ScanOptions: 'FS' };

const study = (agent: string): ImageRecord[] => [
  ...series(3, {
    ...t1,
    SeriesDescription: 't1_vibe_tra_art',
    AcquisitionTime: '100030',
    ContrastBolusAgent: agent,
    ContrastBolusStartTime: '100000',
  }),
  ...series(2, { ...t1, SeriesDescription: 't1_vibe_tra_pre', AcquisitionTime: '095500', StudyDate: '20240301' }),
  ...series(4, { ...t1, SeriesDescription: 't1_vibe_tra_late', AcquisitionTime: '100310', SliceThickness: 6 }),
];

describe('studies', () => {
  it('are what the contract says', () => {
    const { studies } = assembleStudies(study('Gadovist'));
    expect(studies.map((entry) => scannedStudySchema.safeParse(entry).error)).toEqual([undefined]);
  });

  it('list series by number with time after contrast, role and reasons', () => {
    const [found] = assembleStudies(study('Gadovist')).studies;
    expect(
      found?.series.map(({ seriesNumber, secondsAfterContrast, suggestion }) => [
        seriesNumber,
        secondsAfterContrast,
        suggestion.role,
      ]),
    ).toEqual([
      [2, -300, 'pre-contrast'],
      [3, 30, 'arterial'],
      [4, 190, 'delayed'],
    ]);
    expect(found?.contrastAgent).toBe('Gadovist');
    expect(found?.fieldStrengthT).toBe(1.5);
    expect(found?.studyDate).toBe('20240301');
  });

  it('read the echoes of one series as in- and opposed-phase', () => {
    const echo = (first: number, EchoNumbers: number, EchoTime: number) =>
      slices(4, first, { ...t1, SeriesDescription: 'Ax DualEcho', MagneticFieldStrength: 1.5, EchoNumbers, EchoTime });
    const [found] = assembleStudies([...echo(1, 1, 2.3), ...echo(11, 2, 4.6)]).studies;
    expect(found?.series.map(({ suggestion }) => suggestion.role)).toEqual(['opposed-phase', 'in-phase']);
  });

  it('call the late phase transitional after gadoxetate, with a warning', () => {
    const [found] = assembleStudies(study('Primovist')).studies;
    const late = found?.series[2];
    expect(late?.suggestion.role).toBe('transitional');
    expect(late?.notes.map(({ code }) => code)).toContain('transitional-not-delayed');
    expect(found?.notes.map(({ code }) => code)).toContain('transitional-not-delayed');
  });

  it('check slice thickness against the LI-RADS minimum', () => {
    const [found] = assembleStudies(study('Gadovist')).studies;
    expect(found?.series[2]?.notes).toContainEqual({
      code: 'slice-thickness',
      severity: 'warning',
      text: 'Slices are 6 mm thick; the LI-RADS minimum is 5 mm or less for contrast-enhanced series.',
      params: { thickness: 6, limit: 5, seriesKind: 'contrast' },
    });
    expect(found?.series[1]?.notes.map(({ code }) => code)).not.toContain('slice-thickness');
  });

  it('name the roles that no series fills', () => {
    const [found] = assembleStudies(study('Gadovist')).studies;
    expect(found?.notes.find(({ code }) => code === 'roles-missing')?.text).toBe(
      'No series was recognised for: portal-venous, t2, in-phase, opposed-phase. Assign one by hand, or leave it out.',
    );
  });

  it('keep two patients with one study UID apart, and say so in each', () => {
    const foreign = series(5, t1).map((record) => ({ ...record, patient: { patientName: 'B', patientId: 'demo-2' } }));
    const { studies, stacks } = assembleStudies([...study('Gadovist'), ...foreign]);
    expect(studies.map(({ patient }) => patient.patientId).sort()).toEqual(['demo-1', 'demo-2']);
    for (const entry of studies) expect(entry.notes[0]?.code).toBe('patients-mixed');
    expect(stacks).toHaveLength(4);
    // The identifiers themselves never enter a note.
    expect(JSON.stringify(studies.map(({ notes }) => notes))).not.toContain('demo-');
  });

  it('give every stack to exactly one study', () => {
    const { studies, stacks } = assembleStudies(study('Gadovist'));
    expect(studies.flatMap((entry) => entry.series.map(({ id }) => id)).sort()).toEqual(
      stacks.map(({ id }) => id).sort(),
    );
  });

  it('of no MR say so', () => {
    const [found] = assembleStudies([image(1, 0, { Modality: 'CT' })]).studies;
    expect(found?.notes.map(({ code }) => code)).toEqual(['no-mr']);
  });

  it('of no image are none', () => {
    expect(assembleStudies([])).toEqual({ studies: [], stacks: [] });
  });
});
