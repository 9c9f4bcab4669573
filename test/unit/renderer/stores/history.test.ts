import { describe, expect, it } from 'vitest';
import { record, redo, startHistory, undo } from '../../../../src/renderer/stores/history.ts';

describe('history', () => {
  it('goes back and forth over every recorded state', () => {
    const history = record(record(startHistory('a'), 'b'), 'c');
    expect(undo(history).present).toBe('b');
    expect(undo(undo(history)).present).toBe('a');
    expect(redo(undo(history)).present).toBe('c');
  });

  it('stays where it is at both ends', () => {
    const history = startHistory('a');
    expect(undo(history)).toBe(history);
    expect(redo(history)).toBe(history);
  });

  it('forgets the undone future with a new state', () => {
    const branched = record(undo(record(startHistory('a'), 'b')), 'c');
    expect(branched.future).toEqual([]);
    expect(undo(branched).present).toBe('a');
  });
});
