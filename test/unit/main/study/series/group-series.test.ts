import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupSeries } from '../../../../../src/main/study/series/group-series.ts';
import { coronal, image, sagittal, slices } from './make-images.ts';

const numbersOf = (stack: { images: { attributes: { InstanceNumber?: unknown } }[] }) =>
  stack.images.map(({ attributes }) => attributes.InstanceNumber);

describe('one series, one stack', () => {
  it('sorts slices along the normal, whatever their numbers say', () => {
    const [stack, ...others] = groupSeries([image(1, 10), image(2, 0), image(3, 5)]);
    expect(others).toEqual([]);
    expect(stack && numbersOf(stack)).toEqual([2, 3, 1]);
    expect(stack?.geometry?.positions.map(([, , z]) => z)).toEqual([0, 5, 10]);
    expect(stack?.id).toBe('1.2.3.1');
    expect(stack?.part).toBeUndefined();
  });

  it('sorts coronal slices along their own normal, which points to the front', () => {
    const at = (number: number, y: number) =>
      image(number, 0, { ImageOrientationPatient: coronal, ImagePositionPatient: [-190, y, 190] });
    const [stack] = groupSeries([at(1, -20), at(2, 0), at(3, -10)]);
    expect(stack?.geometry?.positions.map(([, y]) => y)).toEqual([-20, -10, 0]);
  });

  it('keeps echo times that vary between slices without repetition together', () => {
    const images = slices(6, 1).map((record, index) => ({
      ...record,
      attributes: { ...record.attributes, EchoTime: 90 + (index % 2) },
    }));
    expect(groupSeries(images)).toHaveLength(1);
  });
});

describe('a series that holds several stacks', () => {
  it('splits a dual-echo series by echo time and says so', () => {
    const stacks = groupSeries([
      ...slices(4, 1, { EchoTime: 4.6, EchoNumbers: 2 }),
      ...slices(4, 11, { EchoTime: 2.3, EchoNumbers: 1 }),
    ]);
    expect(stacks.map(({ id, part }) => [id, part])).toEqual([
      ['1.2.3.1#echo-1', 'echo 1 of 2 (TE 2.3 ms)'],
      ['1.2.3.1#echo-2', 'echo 2 of 2 (TE 4.6 ms)'],
    ]);
  });

  it('splits the planes of a localizer', () => {
    const stacks = groupSeries([
      image(1, 0),
      image(2, 0, { ImageOrientationPatient: coronal }),
      image(3, 0, { ImageOrientationPatient: sagittal }),
    ]);
    expect(stacks.map(({ part }) => part)).toEqual([
      'orientation 1 of 3 (axial)',
      'orientation 2 of 3 (coronal)',
      'orientation 3 of 3 (sagittal)',
    ]);
  });

  it('splits Dixon parts by ImageType', () => {
    const part = (first: number, kind: string) =>
      slices(3, first, { ImageType: ['DERIVED', 'PRIMARY', 'DIXON', kind] });
    const stacks = groupSeries([
      ...part(1, 'WATER'),
      ...part(11, 'FAT'),
      ...part(21, 'IN_PHASE'),
      ...part(31, 'OPP_PHASE'),
    ]);
    expect(stacks.map(({ part }) => part)).toEqual([
      'water images',
      'fat images',
      'in-phase images',
      'opposed-phase images',
    ]);
  });

  it('splits diffusion by b-value', () => {
    const stacks = groupSeries([...slices(3, 1, { DiffusionBValue: 800 }), ...slices(3, 11, { DiffusionBValue: 50 })]);
    expect(stacks.map(({ part }) => part)).toEqual(['b = 50 s/mm²', 'b = 800 s/mm²']);
  });

  it.each([
    ['TemporalPositionIdentifier', [1, 2, 3], 'phase 2 of 3 (temporal position 2)'],
    ['AcquisitionNumber', [4, 5, 6], 'phase 2 of 3 (acquisition 5)'],
    ['TriggerTime', [0, 21_000, 42_000], 'phase 2 of 3 (trigger time 21000 ms)'],
    ['AcquisitionTime', ['100000', '100020', '100040'], 'phase 2 of 3 (acquired at 100020)'],
  ])('splits the phases of a dynamic series by %s', (keyword, values, second) => {
    const stacks = groupSeries(values.flatMap((value, index) => slices(4, 1 + 10 * index, { [keyword]: value })));
    expect(stacks).toHaveLength(3);
    expect(stacks[1]?.part).toBe(second);
    expect(stacks[1]?.images).toHaveLength(4);
  });

  it('splits phases whose slices all have times of their own by the order at each position', () => {
    const images = [0, 1].flatMap((phase) =>
      slices(4, 1 + 10 * phase).map((record, index) => ({
        ...record,
        attributes: { ...record.attributes, AcquisitionTime: `1000${10 + 20 * phase + index}` },
      })),
    );
    const stacks = groupSeries(images);
    expect(stacks.map(({ part }) => part)).toEqual([
      'phase 1 of 2 (in order of acquisition)',
      'phase 2 of 2 (in order of acquisition)',
    ]);
    expect(stacks[0] && numbersOf(stacks[0])).toEqual([1, 2, 3, 4]);
  });

  it('sets a single repeated slice aside with the reason, and loses neither image', () => {
    const stacks = groupSeries([...slices(10, 1), image(99, 15)]);
    expect(stacks.map(({ images }) => images.length)).toEqual([10, 1]);
    expect(stacks[1]?.part).toBe('1 further image at a position that is already taken');
  });

  it('keeps phases of an echo apart from those of the other echo', () => {
    const images = [1, 2].flatMap((phase) =>
      [2.3, 4.6].flatMap((EchoTime, echo) =>
        slices(3, 100 * phase + 10 * echo, { EchoTime, TemporalPositionIdentifier: phase }),
      ),
    );
    expect(groupSeries(images).map(({ id }) => id)).toEqual([
      '1.2.3.1#echo-1.phase-1',
      '1.2.3.1#echo-1.phase-2',
      '1.2.3.1#echo-2.phase-1',
      '1.2.3.1#echo-2.phase-2',
    ]);
  });

  it('splits different matrices, pixel distances and frames of reference', () => {
    const other = [
      slices(2, 11, { Rows: 128, Columns: 128 }),
      slices(2, 21, { PixelSpacing: [1, 1] }),
      slices(2, 31, { FrameOfReferenceUID: '1.2.3.10' }),
    ];
    for (const images of other) expect(groupSeries([...slices(3, 1), ...images])).toHaveLength(2);
  });

  it('never puts two patients into one stack', () => {
    const foreign = slices(2, 11).map((record) => ({
      ...record,
      patient: { patientName: 'Other', patientId: 'demo-2' },
    }));
    const stacks = groupSeries([...slices(2, 1), ...foreign]);
    expect(stacks).toHaveLength(2);
    for (const stack of stacks) expect(new Set(stack.images.map(({ patient }) => patient.patientId)).size).toBe(1);
  });
});

describe('images that cannot be placed', () => {
  it.each([
    ['ImagePositionPatient', 'ImagePositionPatient is missing.'],
    ['ImageOrientationPatient', 'ImageOrientationPatient is missing.'],
    ['PixelSpacing', 'PixelSpacing is missing, and no other attribute gives a distance in the patient.'],
  ])('are shown without geometry where %s is missing', (keyword, reason) => {
    const images = slices(3, 1).map((record) => ({ ...record, attributes: { ...record.attributes, [keyword]: null } }));
    const [stack] = groupSeries(images);
    expect(stack?.geometry).toBeUndefined();
    expect(stack?.unplaced).toBe(reason);
    expect(stack?.images).toHaveLength(3);
  });

  it('do not borrow ImagerPixelSpacing', () => {
    const [stack] = groupSeries(slices(2, 1, { PixelSpacing: null, ImagerPixelSpacing: [0.2, 0.2] }));
    expect(stack?.unplaced).toMatch(/^PixelSpacing is missing/);
  });

  it('refuse a spacing of zero and directions that are not perpendicular', () => {
    expect(groupSeries(slices(2, 1, { PixelSpacing: [0, 1] }))[0]?.unplaced).toMatch(/is no distance/);
    const sheared = groupSeries(slices(2, 1, { ImageOrientationPatient: [1, 0, 0, 0.5, 0.866, 0] }));
    expect(sheared[0]?.unplaced).toMatch(/two perpendicular unit vectors \(off by 0.500\)/);
  });

  it('are kept apart from those that can', () => {
    const stacks = groupSeries([...slices(3, 1), image(9, 20, { ImagePositionPatient: null })]);
    expect(stacks.map(({ images }) => images.length)).toEqual([3, 1]);
    expect(stacks[0]?.geometry).toBeDefined();
    expect(stacks[1]?.unplaced).toBe('ImagePositionPatient is missing.');
  });
});

const anyImage = fc
  .record({
    number: fc.integer({ min: 1, max: 40 }),
    z: fc.constantFrom(0, 5, 10, 15),
    plane: fc.constantFrom([1, 0, 0, 0, 1, 0], coronal, null),
    echo: fc.constantFrom(2.3, 4.6, null),
    phase: fc.constantFrom(1, 2, null),
    time: fc.constantFrom('100000', '100030', '', 'noon'),
    kind: fc.constantFrom('WATER', 'FAT', ''),
    rows: fc.constantFrom(256, '128', null),
  })
  .map(({ number, z, plane, echo, phase, time, kind, rows }) =>
    image(number, z, {
      ImageOrientationPatient: plane,
      EchoTime: echo,
      TemporalPositionIdentifier: phase,
      AcquisitionTime: time,
      ImageType: ['ORIGINAL', 'PRIMARY', kind],
      Rows: rows,
    }),
  );

describe('for any images', () => {
  const set = fc.uniqueArray(anyImage, { selector: ({ sopInstanceUID }) => sopInstanceUID, maxLength: 30 });

  it('every image lands in exactly one stack, and ids are unique', () => {
    fc.assert(
      fc.property(set, (images) => {
        const stacks = groupSeries(images);
        const shown = stacks.flatMap((stack) => stack.images.map(({ sopInstanceUID }) => sopInstanceUID)).sort();
        expect(shown).toEqual(images.map(({ sopInstanceUID }) => sopInstanceUID).sort());
        expect(new Set(stacks.map(({ id }) => id)).size).toBe(stacks.length);
        for (const { geometry, unplaced } of stacks) expect(geometry === undefined).toBe(unplaced !== undefined);
      }),
    );
  });

  it('the result does not depend on the order of the files', () => {
    fc.assert(
      fc.property(
        set.chain((images) => fc.tuple(fc.constant(images), fc.shuffledSubarray(images, { minLength: images.length }))),
        ([images, shuffled]) => {
          expect(groupSeries(shuffled)).toEqual(groupSeries(images));
        },
      ),
    );
  });

  it('no position of a placed stack is taken twice', () => {
    fc.assert(
      fc.property(set, (images) => {
        for (const { geometry } of groupSeries(images)) {
          const positions = (geometry?.positions ?? []).map((position) => position.join());
          expect(new Set(positions).size).toBe(positions.length);
        }
      }),
    );
  });
});
