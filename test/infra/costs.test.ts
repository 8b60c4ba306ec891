import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const [, costs = ''] = read('infra/README.md').split('### What it costs');
const units = read('CONTRIBUTING.md');

/** The request units of an operation, by CONTRIBUTING.md's measured table. */
function unitsOf(operation: string): number {
  const row = units.split('\n').find((line) => line.startsWith(`| ${operation} `));
  assert.ok(row, `the premise: CONTRIBUTING.md has ${operation}`);
  return Number(row.split('|').at(-2));
}

/** The last cell of the row that begins so. */
const cells = (row: string): number[] => {
  const line = costs.split('\n').find((text) => text.startsWith(`| ${row}`));
  assert.ok(line, `the premise: README.md has ${row}`);
  return line.split('|').slice(2, -1).map(Number);
};

describe('The estimate of costs', () => {
  it('goes by the request units that are measured', () => {
    const question =
      unitsOf('ask, waiting for others') +
      Math.round(unitsOf('three enter together') / 3) +
      unitsOf('answer') +
      4 * unitsOf('one card delivered');
    const each = {
      'a question': question,
      'a vote': unitsOf('vote') + unitsOf('the votes of a moment, counted'),
      'a visit': unitsOf('questions to vote on, five') + unitsOf('My questions, three of one week'),
      'a look at the board': unitsOf('how many are in each stage') + 5 * unitsOf('a page of a stage of the board'),
    };
    for (const [row, expected] of Object.entries(each)) assert.equal(cells(row).at(-1), expected, row);
  });

  for (const table of ['millions of request units a month', 'US dollars a month'])
    it(`adds up: ${table}`, () => {
      const [, from = ''] = costs.split(`| ${table}`);
      const rows = (from.split('\n\n')[0] ?? '').split('\n').slice(2);
      const numbers = rows.map((row) => row.split('|').slice(2, -1).map(Number));
      assert.ok(numbers.length > 5, 'the premise: rows are found');
      const sums = numbers.at(-1);
      const added = [0, 1, 2].map((column) => numbers.slice(0, -1).reduce((sum, row) => sum + (row[column] ?? 0), 0));
      assert.deepEqual(
        added.map((sum) => Math.round(sum * 10) / 10),
        sums,
      );
    });
});
