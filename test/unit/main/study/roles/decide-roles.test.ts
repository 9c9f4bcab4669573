import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRoles } from '../../../../../src/main/study/roles/decide-roles.ts';
import type { FactValue, SeriesFacts } from '../../../../../src/shared/study/facts.ts';
import { type RoleDecision, roleDecisionSchema } from '../../../../../src/shared/study/roles.ts';
import { constructedSeries, dukeSeries, protocolSeries } from '../../../../fixtures/roles/labelled-series.ts';
import { scoreRoles } from '../../../../fixtures/roles/score-roles.ts';
import { testdataRoot, withoutPublicFiles } from '../../../../fixtures/testdata.ts';
import { decide } from './decide.ts';

const keywords = [
  'Modality',
  'SeriesDescription',
  'ProtocolName',
  'EchoTime',
  'RepetitionTime',
  'MagneticFieldStrength',
  'ImageType',
  'ScanningSequence',
  'ScanOptions',
  'AcquisitionTime',
  'ContentTime',
  'SeriesTime',
  'ContrastBolusStartTime',
  'ContrastBolusAgent',
  'TriggerTime',
  'TemporalPositionIdentifier',
  'ImageOrientationPatient',
  'DiffusionBValue',
  'SeriesInstanceUID',
  'StudyInstanceUID',
  'BodyPartExamined',
  'EchoTrainLength',
  'SeriesNumber',
  'echotime',
  '__proto__',
  'constructor',
];

const telling = [
  'vibe arterial',
  'LAVA portal',
  'delayed 3 min',
  'HBP',
  'T2 TSE',
  'haste',
  'in phase',
  'opp',
  'mDIXON W',
  '平扫',
  '动脉期',
  'SUB',
  'MR',
  'GR',
  'SE',
  'Primovist',
  'Gadovist',
  '100000',
  '100030',
  '100110',
  '1\\0\\0\\0\\1\\0',
  '1\\0\\0\\0\\0\\-1',
  'ORIGINAL\\PRIMARY\\M',
  'DERIVED\\SECONDARY',
  '1',
  '',
];

const value: fc.Arbitrary<FactValue> = fc.oneof(
  fc.constantFrom(...telling),
  fc.string(),
  fc.constantFrom(0, 1, 1.5, 2.3, 3, 4.6, 90, 800, -1, Number.NaN, Number.POSITIVE_INFINITY),
  fc.double(),
  fc.constant(null),
  fc.array(fc.oneof(fc.constantFrom(...telling), fc.double()), { maxLength: 6 }),
);

const facts: fc.Arbitrary<SeriesFacts> = fc.dictionary(fc.oneof(fc.constantFrom(...keywords), fc.string()), value, {
  maxKeys: 12,
});

const outcome = ({ role, confidence }: RoleDecision) => `${role} ${confidence}`;

describe('for any facts', () => {
  it('there is one valid decision for each series', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 8 }), (study) => {
        const decisions = decideRoles(study);
        expect(decisions).toHaveLength(study.length);
        for (const decision of decisions) {
          expect(roleDecisionSchema.safeParse(decision).error).toBeUndefined();
          expect(decision.reasons.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('the order of the series changes nothing', () => {
    const plausible = fc.record(
      {
        SeriesDescription: fc.constantFrom(...telling.slice(0, 12)),
        AcquisitionTime: fc.constantFrom('095500', '100030', '100110', '100310'),
        ContrastBolusStartTime: fc.constantFrom('100000', '095900'),
        ContrastBolusAgent: fc.constantFrom('Gadovist', 'Primovist'),
        EchoTime: fc.constantFrom(1.4, 2.3, 4.6, 90),
        MagneticFieldStrength: fc.constantFrom(1.5, 3),
        ScanningSequence: fc.constantFrom('GR', 'SE'),
        SeriesInstanceUID: fc.constantFrom('1', '2'),
      },
      { requiredKeys: [] },
    );
    const study = fc.array(plausible, { maxLength: 7 });
    fc.assert(
      fc.property(
        study.chain((series) =>
          fc.tuple(fc.constant(series), fc.shuffledSubarray([...series.keys()], { minLength: series.length })),
        ),
        ([series, order]) => {
          const direct = decideRoles(series).map(outcome);
          const shuffled = decideRoles(order.flatMap((index) => series[index] ?? [])).map(outcome);
          expect([...shuffled].sort()).toEqual([...direct].sort());
        },
      ),
      { numRuns: 400 },
    );
  });

  it('a name alone never gives a contrast phase with high confidence', () => {
    fc.assert(
      fc.property(fc.constantFrom(...telling), fc.constantFrom(...telling), (a, b) => {
        const { role, confidence } = decide({ Modality: 'MR', SeriesDescription: `${a} ${b}` });
        if (['arterial', 'portal-venous', 'delayed'].includes(role)) expect(confidence).toBeLessThan(0.8);
      }),
    );
  });
});

describe('studies', () => {
  it('are judged apart', () => {
    const name = (StudyInstanceUID: string, SeriesDescription: string) => ({ StudyInstanceUID, SeriesDescription });
    const [first, second] = decideRoles([name('1', 'VIBE arterial'), name('2', 'LAVA arterial')]);
    expect(first?.confidence).toBe(second?.confidence);
  });

  it('without any facts are questions', () => {
    expect(decide({})).toMatchObject({ role: 'other', confidence: 0.3 });
  });

  it('keep the better of two series for a role and tell the other why', () => {
    const better = { SeriesDescription: 'VIBE late arterial' };
    const sibling = { SeriesDescription: 'VIBE portal' };
    const [early, late] = decideRoles([{ SeriesDescription: 'VIBE early arterial' }, better, sibling]);
    expect(late?.confidence).toBeGreaterThan(early?.confidence ?? 1);
    expect(early?.reasons.at(-1)).toMatchObject({
      rule: 'competition',
      text: 'A repeat of the same phase: “VIBE late arterial” fits arterial better: it is the late arterial phase.',
    });
  });
});

describe('labelled series', () => {
  it('constructed from vendors’ conventions: none wrong, hardly any needless question', () => {
    const score = scoreRoles(constructedSeries());
    expect(score.total).toBeGreaterThanOrEqual(150);
    expect(score.judged.filter(({ verdict }) => verdict !== 'right' && verdict !== 'asked')).toEqual([]);
    // A series that stands alone with its name is asked about its phase: nothing bears the name out.
    const alone = (study: unknown) => score.judged.filter(({ facts }) => facts.StudyInstanceUID === study).length === 1;
    const needless = score.judged.filter(
      ({ verdict, label, facts, decision }) =>
        verdict === 'asked' &&
        !label.includes('ask') &&
        !(alone(facts.StudyInstanceUID) && decision.reasons.some(({ code }) => code === 'name-alone')),
    );
    expect(needless.length / score.total).toBeLessThan(0.02);
  });

  // 132 of its series share their name with two others of the study, of which one may be the mask: nothing but a time,
  // which this table lacks, tells them apart, so that its 90 % coverage is not to be had without a wrong phase.
  it.skipIf(!testdataRoot())(`of radiologists: 99 % right, one wrong phase accepted${withoutPublicFiles}`, () => {
    const score = scoreRoles(dukeSeries() ?? []);
    expect(score.total).toBe(1064);
    expect(score.wrongPhase).toBeLessThanOrEqual(1);
    expect(score.precision).toBeGreaterThanOrEqual(0.996);
    expect(score.coverage).toBeGreaterThanOrEqual(0.819);
  });

  it.skipIf(!testdataRoot())(
    `of protocol authors: all right, names that stand alone are asked${withoutPublicFiles}`,
    () => {
      const score = scoreRoles(protocolSeries() ?? []);
      expect(score.wrongPhase).toBe(0);
      expect(score.precision).toBe(1);
      expect(score.coverage).toBeGreaterThanOrEqual(0.71);
    },
  );
});
