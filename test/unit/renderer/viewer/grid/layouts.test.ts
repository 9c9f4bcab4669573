import { describe, expect, it } from 'vitest';
import { shapeOf, shownPanes } from '../../../../../src/renderer/viewer/grid/layouts.ts';

const six = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('the panes of a layout', () => {
  it('are those of the group that the leading one belongs to, in their order', () => {
    expect(shownPanes(six, '2x3', 'e')).toEqual(six);
    expect(shownPanes(six, '2x2', 'b')).toEqual(['a', 'b', 'c', 'd']);
    expect(shownPanes(six, '2x2', 'f')).toEqual(['e', 'f']);
    expect(shownPanes(six, '1x2', 'd')).toEqual(['c', 'd']);
    expect(shownPanes(six, '1x1', 'd')).toEqual(['d']);
    expect(shownPanes(six, '1x1', undefined)).toEqual(['a']);
    expect(shownPanes(six, '1x2', 'gone')).toEqual(['a', 'b']);
    expect(shownPanes([], '1+5', undefined)).toEqual([]);
  });

  it('stand around the leading one where one is large', () => {
    expect(shownPanes(six, '1+5', 'c')).toEqual(['c', 'a', 'b', 'd', 'e', 'f']);
    expect(shapeOf('1+5', 6, 3)).toEqual({ columns: 3, rows: 3 });
    expect(shapeOf('1+5', 2, 3)).toEqual({ columns: 2, rows: 1 });
  });

  it('take no more room than they need, and no more columns than there may be', () => {
    expect(shapeOf('2x3', 6, 3)).toEqual({ columns: 3, rows: 2 });
    expect(shapeOf('3x2', 6, 3)).toEqual({ columns: 2, rows: 3 });
    expect(shapeOf('2x3', 4, 3)).toEqual({ columns: 2, rows: 2 });
    expect(shapeOf('2x3', 6, 2)).toEqual({ columns: 2, rows: 3 });
    expect(shapeOf('2x2', 2, 3)).toEqual({ columns: 2, rows: 1 });
    expect(shapeOf('2x3', 0, 3)).toEqual({ columns: 1, rows: 1 });
  });
});
