import { afterEach, describe, expect, it, vi } from 'vitest';
import { processTerminal, table } from '../../../../../src/main/hosts/cli/terminal.ts';
import { printable } from '../../../../../src/main/hosts/printable.ts';

afterEach(() => vi.restoreAllMocks());

describe('what a terminal is given', () => {
  it.each([
    ['an escape sequence', '\u001b[2Jgone', '\\u001b[2Jgone'],
    ['a title', '\u001b]0;owned\u0007', '\\u001b]0;owned\\u0007'],
    ['a sequence of one byte', '\u009b31mred', '\\u009b31mred'],
    ['a return that writes over the line', 'bad\rgood', 'bad\\u000dgood'],
    ['a turned direction', 'IM\u202emcd.exe', 'IM\\u202emcd.exe'],
    ['lines, tabs and any script', 'Müller\t张三\n', 'Müller\t张三\n'],
  ])('holds %s as text', (_what, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('says the same as JSON', () => {
    const value = { name: 'IM\u202e\u009b1\u0007' };
    expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
  });

  it('is so on both streams', () => {
    const written: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    }
    const terminal = processTerminal();
    terminal.result('a\u0007');
    terminal.note('b\u0007');
    vi.restoreAllMocks();
    expect(written).toEqual(['a\\u0007\n', 'b\\u0007\n']);
  });

  it('is so in a table of patients, whose columns are as wide as what is shown', () => {
    expect(
      table(
        ['Patient', 'ID'],
        [
          ['Muster\u001b[31m', '1'],
          ['李', '2'],
        ],
      ).split('\n'),
    ).toEqual(['Patient           ID', 'Muster\\u001b[31m  1', '李                 2']);
  });
});
