import assert from 'node:assert/strict';
import { weekOf as weekOfBot } from '../../bot/domain/week.ts';
import { cameFrom, comeBack, leaveFor } from '../../tab/pages/board/came-from.ts';
import { type Listed, rowsOf, withPage } from '../../tab/pages/board/rows.ts';
import { lastWeeks, weekOf, weeksSince } from '../../tab/weeks.ts';

const page = (letters: string, next?: string): Listed => {
  const questions = Array.from(letters, (question) => ({ question }) as Listed['questions'][number]);
  return next === undefined ? { questions } : { questions, next };
};
const shown = (pages: readonly Listed[]) => rowsOf(pages).map(({ row, page: at }) => `${row.question}${at}`);
const since = (day: string) => weeksSince('2026-W48', new Date(`${day}T12:00:00Z`));

describe('the pages of a column', () => {
  it('are one list, in which who changed pages meanwhile stands once', () => {
    assert.deepEqual(shown([page('AB', 'b'), page('BC')]), ['A0', 'B0', 'C1']);
  });

  it('stay as they are where nothing changed: nothing is drawn anew', () => {
    const pages = [page('AB', 'b'), page('C')];
    assert.equal(withPage(pages, 0, pages[0]!), pages);
  });

  it('take a page that was read again, and end where the list ends now', () => {
    const pages = [page('AB', 'b'), page('CD', 'd'), page('E')];
    assert.deepEqual(shown(withPage(pages, 1, page('CX', 'x'))), ['A0', 'B0', 'C1', 'X1', 'E2']);
    assert.deepEqual(shown(withPage(pages, 1, page('C'))), ['A0', 'B0', 'C1']);
    assert.deepEqual(shown(withPage(pages, 3, page('F'))), ['A0', 'B0', 'C1', 'D1', 'E2', 'F3']);
  });
});

describe('whoever comes back to the board', () => {
  it('finds the row that they left, once, and is not taken there later on', () => {
    leaveFor('B');
    comeBack(1000);
    assert.equal(cameFrom(['A'], 1100), undefined);
    assert.equal(cameFrom(['A', 'B'], 1200), 1);
    assert.equal(cameFrom(['A', 'B'], 1300), undefined);
    leaveFor('B');
    comeBack(1000);
    assert.equal(cameFrom(['A', 'B'], 9000), undefined);
  });
});

describe('the weeks of the desk', () => {
  it('are those of the bot, on every day of many years', () => {
    for (let day = Date.UTC(2020, 0, 1); day < Date.UTC(2031, 0, 1); day += 86_400_000)
      assert.equal(weekOf(new Date(day)), weekOfBot(new Date(day)));
  });

  it('are counted from the Monday of the week: none in the week itself', () => {
    assert.deepEqual(
      ['2026-11-23', '2026-11-29', '2026-11-30', '2026-12-21', '2026-11-01'].map(since),
      [0, 0, 1, 4, 0],
    );
    assert.deepEqual(lastWeeks(3, new Date('2027-01-05T12:00:00Z')), ['2027-W01', '2026-W53', '2026-W52']);
  });
});
