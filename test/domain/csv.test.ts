import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BYTE_ORDER_MARK, toLine } from '../../bot/domain/csv.ts';

/** A table as a spreadsheet reads it that expects this separator (RFC 4180; a stray quotation mark is a character). */
function read(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const end = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (isQuoted) {
      if (sign === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (sign === '"') isQuoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === '') isQuoted = true;
    else if (sign === separator) end();
    else if (sign === '\r' && text[at + 1] === '\n') {
      // One end of a line.
    } else if (sign === '\n') {
      end();
      rows.push([]);
    } else cell += sign;
  }
  if (cell !== '') end();
  return rows.filter((row) => row.length > 0);
}

const HOSTILE = [
  "=cmd|'/c calc'!A1",
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  '  =HYPERLINK("http://evil.example","Click")',
  '"=1+1',
  'said ";=1+1;"',
  'one;=1+1',
  'one,@two',
  'a line\n=1+1',
  '＝1+1',
  '"",=cmd',
  "'=1+1",
];

describe('A line of a table', () => {
  it('gives every text back where it holds nothing that could be a formula, to the character', () => {
    const texts = ['Why “so”?', 'Ü, ß and\nanother line', 'a "quoted" word', '', 'Ärger; Lohn, Zeit'];
    assert.deepEqual(read(toLine(texts), ','), [texts.map((text) => text)]);
  });

  for (const separator of [',', ';', '\t'])
    it(`begins no formula, whatever somebody asked, where cells end with ${JSON.stringify(separator)}`, () => {
      const cells = read(toLine(['id', ...HOSTILE, 'end']) + toLine(HOSTILE), separator).flat();
      assert.ok(cells.length >= 2, 'The premise: it is read');
      for (const cell of cells) assert.doesNotMatch(cell.trimStart(), /^["\s]*[=+\-@＝＋－＠]/u, JSON.stringify(cell));
    });

  it('stays one line of as many cells, whatever is in them', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', '=', "'", 'a', ' ', '\t', '-') });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (cells) => {
        const rows = read(toLine(cells), ',');
        assert.equal(rows.length, 1);
        assert.equal(rows[0]?.length, cells.length);
        for (const cell of rows[0] ?? []) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
      }),
      { numRuns: 500 },
    );
  });

  it('is UTF-8 to Excel by the mark that stands first', () => {
    assert.deepEqual([...Buffer.from(BYTE_ORDER_MARK)], [0xef, 0xbb, 0xbf]);
  });
});
