import { describe, expect, test } from 'vitest';
import { readTableFile } from '#shared/tables/table-file.ts';
import { csvOf } from '#shared/tables/write-csv.ts';
import { xlsxOf } from '#shared/tables/write-xlsx.ts';
import { zipArchive } from '../../../fixtures/dicom/write-zip.ts';
import {
  DAY,
  EIGHT_DIGITS,
  PERCENT,
  PERCENT_2,
  rowsXml,
  type SheetXml,
  serialOf,
  WRITTEN_PERCENT,
  workbook,
} from '../../../fixtures/tables/write-workbook.ts';

const sheet = (rows: string, behind = ''): SheetXml => ({ name: 'HAIC', rows, behind });
const HEADER = rowsXml([['id', 'date', 'afp:ng/mL']]);
const lineOf = async (cells: string, more: Partial<SheetXml> = {}, options = {}) => {
  const { table } = await readTableFile(
    workbook([{ ...sheet(`${HEADER}<row r="2">${cells}</row>`), ...more }], options),
  );
  return table.lines[0]?.cells;
};

describe('a spreadsheet as a table', () => {
  test('lines keep the numbers of their rows, a title above them is none, and empty ones are left out', async () => {
    const rows = rowsXml([['HAIC 2019 – 2024'], [], ['id', 'date'], ['A', '2024-03-14'], [], ['B', '2024-04-01']]);
    expect((await readTableFile(workbook([sheet(rows)]))).table).toStrictEqual({
      header: ['id', 'date'],
      lines: [
        { line: 4, cells: ['A', '2024-03-14'] },
        { line: 6, cells: ['B', '2024-04-01'] },
      ],
    });
  });

  test('a day is written as ISO 8601, whichever day the program counts from, and whatever hour stands behind it', async () => {
    const day = `<c r="A2"><v>1</v></c><c r="B2" s="${DAY}"><v>${serialOf('2024-03-14') + 0.43}</v></c>`;
    expect(await lineOf(day)).toStrictEqual(['1', '2024-03-14', '']);
    const in1904 = `<c r="B2" s="${DAY}"><v>${serialOf('2024-03-14') - 1462}</v></c>`;
    expect((await lineOf(in1904, {}, { date1904: true }))?.[1]).toBe('2024-03-14');
  });

  test('numbers are as they are shown: without the noise of a sum, with the zeros that a format fills up', async () => {
    const cells = `<c r="A2" s="${EIGHT_DIGITS}"><v>1234</v></c><c r="C2"><v>0.30000000000000004</v></c>`;
    expect(await lineOf(cells)).toStrictEqual(['00001234', '', '0.3']);
  });

  test('a percentage is what is shown, not the share that is stored; a sign that is only written beside a number changes nothing', async () => {
    const shown = (style: number, value: string) => lineOf(`<c r="C2" s="${style}"><v>${value}</v></c>`);
    expect((await shown(PERCENT, '0.35'))?.[2]).toBe('35%');
    expect((await shown(PERCENT_2, '0.07'))?.[2]).toBe('7%');
    expect((await shown(WRITTEN_PERCENT, '35'))?.[2]).toBe('35');
  });

  test('an identifier of more digits than a number keeps says so: the last ones are not what somebody typed', async () => {
    expect((await lineOf('<c r="A2"><v>110101199003074512</v></c>'))?.[0]).toBe('#DIGITS');
    expect((await lineOf('<c r="A2"><v>1.1010119900307E+17</v></c>'))?.[0]).toBe('#DIGITS');
    expect((await lineOf('<c r="A2"><v>123456789012345</v></c>'))?.[0]).toBe('123456789012345');
  });

  test('a formula is its stored value, and says so where none is stored; an error stays one', async () => {
    const cells = `<c r="A2" t="str"><f>B1&amp;"x"</f><v>A-1</v></c><c r="B2"><f>TODAY()</f></c><c r="C2" t="e"><v>#REF!</v></c>`;
    expect(await lineOf(cells)).toStrictEqual(['A-1', '#FORMULA', '#REF!']);
  });

  test('cells merged downwards say the same of each of their lines', async () => {
    const rows = `${HEADER}<row r="2"><c r="A2"><v>7</v></c><c r="C2"><v>1</v></c></row><row r="3"><c r="C3"><v>2</v></c></row>`;
    const { table } = await readTableFile(
      workbook([sheet(rows, '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>')]),
    );
    expect(table.lines.map(({ cells }) => cells)).toStrictEqual([
      ['7', '', '1'],
      ['7', '', '2'],
    ]);
  });

  test('letters stay what they are, and a name that runs over two lines is one', async () => {
    const cells = `<c r="A2" t="inlineStr"><is><t xml:space="preserve"> 王
小明 &amp; Ünal </t></is></c>`;
    expect((await lineOf(cells))?.[0]).toBe('王 小明 & Ünal');
  });

  test('the first sheet that holds anything is read unless one is named; a hidden one is not there', async () => {
    const two = rowsXml([
      ['id', 'date'],
      ['B', '2024-01-02'],
    ]);
    const bytes = workbook([
      { name: 'notes', rows: '' },
      {
        name: 'secret',
        rows: rowsXml([
          ['id', 'x'],
          ['S', '1'],
        ]),
        hidden: true,
      },
      {
        name: 'A',
        rows: rowsXml([
          ['id', 'date'],
          ['A', '2024-01-01'],
        ]),
      },
      { name: 'B', rows: two },
    ]);
    const first = await readTableFile(bytes);
    expect(first).toMatchObject({ sheets: ['notes', 'A', 'B'], sheet: 'A' });
    expect((await readTableFile(bytes, 'B')).table.lines[0]?.cells).toStrictEqual(['B', '2024-01-02']);
    for (const name of ['secret', 'nowhere']) {
      await expect(readTableFile(bytes, name)).rejects.toMatchObject({
        code: 'workbook-sheet',
        params: { sheet: name, sheets: 'notes, A, B' },
      });
    }
  });

  test('what is written is read again as it was: text that looks like a number or a day too', async () => {
    const rows = [
      ['id', 'date', 'x'],
      ['007', '2024-03-14', '=1+1'],
      ['a,"b"', '', '-12.5'],
    ];
    const lines = [
      { line: 2, cells: ['007', '2024-03-14', '=1+1'] },
      { line: 3, cells: ['a,"b"', '', '-12.5'] },
    ];
    expect((await readTableFile(await xlsxOf(rows, 'cohort'))).table).toStrictEqual({ header: rows[0], lines });
    expect((await readTableFile(Buffer.from(csvOf(rows)))).table).toStrictEqual({ header: rows[0], lines });
  });
});

describe('what a spreadsheet may not do', () => {
  test.each([
    ['more than it says that it holds', { claimedSize: 10 }, 'workbook-too-large'],
    ['what it says nothing of', { claimedSize: 0 }, 'workbook-unreadable'],
  ])('unpack %s', async (_, claims, code) => {
    const good = workbook([sheet(rowsXml([['id', 'date']]))]);
    expect((await readTableFile(good)).table.header).toStrictEqual(['id', 'date']);
    const bytes = zipArchive([{ name: '[Content_Types].xml', bytes: Buffer.alloc(10_000, 32), ...claims }]);
    await expect(readTableFile(bytes)).rejects.toMatchObject({ code });
  });

  test('hold the memory of the computer: a bomb is refused by what its directory says', async () => {
    const bytes = zipArchive([{ name: 'xl/worksheets/sheet1.xml', bytes: Buffer.alloc(60 * 1024 ** 2) }]);
    expect(bytes.length).toBeLessThan(100_000);
    await expect(readTableFile(bytes)).rejects.toMatchObject({ code: 'workbook-too-large' });
  });

  test('hold the memory of the computer: a text that very many cells share counts as often as it stands there', async () => {
    const strings = ['a b '.repeat(25_000)];
    const shared = (rows: number) =>
      Array.from({ length: rows }, (_, row) => `<row r="${row + 2}">${'<c t="s"><v>0</v></c>'.repeat(3)}</row>`).join(
        '',
      );
    const few = await readTableFile(workbook([sheet(HEADER + shared(2))], { strings }));
    expect(few.table.lines).toHaveLength(2);
    const many = workbook([sheet(HEADER + shared(80))], { strings });
    expect(many.length).toBeLessThan(110_000);
    await expect(readTableFile(many)).rejects.toMatchObject({ code: 'table-too-large' });
  });

  test('hold the processor for minutes: merged cells that cover each other are no spreadsheet', async () => {
    const rows = `${HEADER}<row r="2"><c r="A2"><v>7</v></c></row><row r="3"><c r="C3"><v>2</v></c></row>`;
    const merged = (times: number) =>
      sheet(rows, `<mergeCells>${'<mergeCell ref="A2:A3"/>'.repeat(times)}</mergeCells>`);
    expect((await readTableFile(workbook([merged(1)]))).table.lines).toHaveLength(2);
    await expect(readTableFile(workbook([merged(2_000)]))).rejects.toMatchObject({ code: 'workbook-unreadable' });
  });

  test('have every sheet unpacked for the one that is read', async () => {
    const rows = rowsXml([
      ['id', 'date'],
      ['A', '2024-01-01'],
    ]);
    const far = '<row r="1"><c r="XFC1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>';
    const bytes = workbook([
      { name: 'A', rows },
      { name: 'B', rows: far },
    ]);
    expect((await readTableFile(bytes)).sheet).toBe('A');
    await expect(readTableFile(bytes, 'B')).rejects.toMatchObject({ code: 'workbook-too-large' });
  });

  test.each([
    ['a cell in the last corner of the sheet', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'],
    ['a row that no program has', '<row r="2147483647"><c r="A2147483647"><v>1</v></c></row>'],
    [
      'a cell far to the right in every line',
      Array.from({ length: 1_500 }, (_, row) => `<row r="${row + 2}"><c r="XFD${row + 2}"><v>1</v></c></row>`).join(''),
    ],
    [
      'more lines than a table of patients has',
      Array.from(
        { length: 10_002 },
        (_, row) => `<row r="${row + 2}"><c r="A${row + 2}"><v>1</v></c><c r="B${row + 2}"><v>1</v></c></row>`,
      ).join(''),
    ],
  ])('be %s', async (_, rows) => {
    const bytes = workbook([sheet(`${HEADER}${rows}`)]);
    await expect(readTableFile(bytes)).rejects.toMatchObject({ code: 'workbook-too-large' });
  });

  test.each([
    ['an old workbook, or one behind a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'workbook-old'],
    ['another zip', zipArchive([{ name: 'a.txt', bytes: Buffer.from('x') }]), 'workbook-unreadable'],
    ['a torn one', workbook([sheet(HEADER)]).subarray(0, 900), 'workbook-unreadable'],
  ])('be %s', async (_, bytes, code) => {
    await expect(readTableFile(bytes)).rejects.toMatchObject({ code });
  });
});

describe('a CSV in the letters that it was written in', () => {
  const text = 'id,姓名\n1,王小明\n';
  const lines = [{ line: 2, cells: ['1', '王小明'] }];
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', utf16],
    ['GB18030', Buffer.from('69642cd0d5c3fb0a312ccdf5d0a1c3f70a', 'hex')],
  ])('%s', async (_, bytes) => {
    expect(await readTableFile(bytes)).toStrictEqual({
      sheets: [],
      sheet: undefined,
      table: { header: ['id', '姓名'], lines },
    });
  });

  test('what is no text is refused', async () => {
    await expect(readTableFile(Uint8Array.from([0x69, 0x64, 0x00, 0x01, 0x0a]))).rejects.toMatchObject({
      code: 'table-encoding',
    });
  });
});
