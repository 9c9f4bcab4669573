import { describe, expect, it } from 'vitest';
import { coordinateLabel, directionLetters, edgeLabels } from '../../../../../src/renderer/viewer/space/orientation.ts';
import { makeStack, tilted } from '../stacks.ts';

// DICOM PS3.3 C.7.6.2.1.1: +x to the patient's left, +y to the back, +z to the head.
describe('edgeLabels', () => {
  it('puts the patient’s right on the left of a standard axial slice', () => {
    expect(edgeLabels(makeStack())).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' });
  });

  it('follows a slice that is stored mirrored', () => {
    expect(edgeLabels(makeStack({ rowDirection: [-1, 0, 0] }))).toMatchObject({ left: 'L', right: 'R' });
  });

  it('names head and feet on a coronal slice', () => {
    expect(edgeLabels(makeStack({ columnDirection: [0, 0, -1] }))).toMatchObject({ top: 'S', bottom: 'I' });
  });

  it('adds a second letter only when the tilt is worth telling', () => {
    expect(edgeLabels(makeStack(tilted(10))).top).toBe('A');
    expect(edgeLabels(makeStack(tilted(30))).top).toBe('AI');
    expect(directionLetters([0.2, 0, -0.98])).toBe('I');
  });
});

describe('coordinateLabel', () => {
  it('tells the side of the origin by letter, not by sign', () => {
    expect(coordinateLabel(makeStack(), [3, 4, 42.5])).toEqual({ letter: 'S', mm: 42.5 });
    expect(coordinateLabel(makeStack(), [3, 4, -10])).toEqual({ letter: 'I', mm: 10 });
  });

  it('uses the axis that the stack was cut across', () => {
    const sagittal = makeStack({ rowDirection: [0, 1, 0], columnDirection: [0, 0, -1] });
    expect(coordinateLabel(sagittal, [-31, 4, 8])).toEqual({ letter: 'R', mm: 31 });
  });

  it('does not call a rounded zero the far side', () => {
    expect(coordinateLabel(makeStack(), [0, 0, -0.04]).letter).toBe('S');
  });
});
