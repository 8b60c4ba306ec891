import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { propose } from '../../../bot/app/block.ts';
import { proposeEdit } from '../../../bot/app/edit.ts';
import { merge } from '../../../bot/app/merge.ts';
import { freshId, must } from '../../support/app.ts';
import { assertNoBarriers } from '../../support/barriers.ts';
import { kaia, kofi, noor, omar, type Person } from '../../support/cast.ts';
import { type Desk, useDesks } from '../../support/desk.ts';

const HOSTILE_HTML = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) שלום {words}';
const HOSTILE = '=HYPERLINK("http://evil.example","Click")';

/** Shows at once what is read every so often. */
const looksAgain = ({ tab }: Desk) => tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))");

const button = ({ tab }: Desk, name: string) => tab.getByRole('button', { name, exact: true });
const dialog = ({ tab }: Desk) => tab.getByRole('dialog');

describe('Curation in the tab', () => {
  const desks = useDesks();
  const opensMine = (who: Person) => desks().openDesk({ as: who, page: 'mine' });
  const opens = (id: string) => desks().openDesk({ as: kofi, page: `q/${id}` });

  it('merges a duplicate that it found, both askers see it, and undoes it', async () => {
    const { seed } = desks();
    await seed({ words: 'Why did the Lyon office close in spring?', by: noor });
    const b = await seed({ words: 'Did the Lyon office close for rent?', by: omar });
    const desk = await opens(b);
    await button(desk, 'Merge').click();
    await dialog(desk).getByText('Why did the Lyon office close in spring?').click();
    await dialog(desk).getByRole('button', { name: 'Merge', exact: true }).click();
    await desk.tab.getByText('Kofi Tamarisk merged this with a question to Ines Varandell').waitFor();
    const [omars, noors] = [await opensMine(omar), await opensMine(noor)];
    await omars.tab.getByText('Why did the Lyon office close in spring?').first().waitFor();
    await omars.tab.getByText('Did the Lyon office close for rent?').first().waitFor();
    await noors.tab.getByText('Did the Lyon office close for rent?').first().waitFor();
    await button(desk, 'Undo the merge').click();
    await button(desk, 'Merge').waitFor();
    await looksAgain(omars);
    await omars.tab.getByText('Why did the Lyon office close in spring?').first().waitFor({ state: 'detached' });
    await omars.tab.getByText('Did the Lyon office close for rent?').first().waitFor();
  });

  const proposes = async (words: string, better: string): Promise<{ desk: Desk; mine: Desk }> => {
    const id = await desks().seed({ words, by: noor });
    const desk = await opens(id);
    await button(desk, 'Propose other words').click();
    await dialog(desk).getByLabel('The words').fill(better);
    await dialog(desk).getByLabel('Why?').fill('It names a colleague.');
    await dialog(desk).getByRole('button', { name: 'Propose', exact: true }).click();
    await desk.tab.getByText('They wait for the person who asked.').waitFor();
    const mine = await opensMine(noor);
    await mine.tab.getByText('It names a colleague.').waitFor();
    return { desk, mine };
  };

  it('changes words only once their asker agreed, who sees what goes and what comes', async () => {
    const { desk, mine } = await proposes('Why does Margaux earn more?', 'Why does somebody earn more?');
    assert.match(await mine.tab.locator('del').innerText(), /Margaux/);
    assert.match(await mine.tab.locator('ins').innerText(), /somebody/);
    assert.equal(await desk.tab.getByText('Why does Margaux earn more?').count(), 1, 'until then nothing changes');
    await button(mine, 'Agree to these words').click();
    await mine.tab.getByText('Why does somebody earn more?').first().waitFor();
    await looksAgain(desk);
    await desk.tab.getByText('Why does somebody earn more?').first().waitFor();
    assert.equal(await desk.tab.getByText('Margaux').count(), 0);
  });

  it('leaves words alone where their asker does not agree, and says so to comms', async () => {
    const { desk, mine } = await proposes('Why is Bertrand the only one?', 'Why is there only one?');
    await button(mine, 'Keep my words').click();
    await looksAgain(desk);
    await desk.tab.getByText('The person who asked keeps their words.').waitFor();
    await desk.tab.getByText('Why is Bertrand the only one?').first().waitFor();
  });

  it('exports a table in which what somebody asked is no formula', async () => {
    await desks().seed({ words: HOSTILE, by: noor, state: 'published', answer: '@SUM(A1:A9)' });
    const desk = await desks().openDesk({ as: kofi, page: 'board' });
    await desk.tab.getByLabel('Topic').selectOption('Culture');
    await button(desk, 'Export').click();
    await desk.tab.getByText('Only Culture').waitFor();
    await desk.page.keyboard.press('Escape');
    await desk.tab.getByLabel('Topic').selectOption('All topics');
    await button(desk, 'Export').click();
    const saved = desk.page.waitForEvent('download');
    await desk.tab.getByRole('menuitem', { name: 'All threads as a table (CSV)' }).click();
    const file = await saved;
    assert.equal(file.suggestedFilename(), 'forthright.csv');
    const text = readFileSync(await file.path(), 'utf8');
    assert.ok(text.startsWith('\uFEFF"Thread"'));
    assert.ok(text.includes(`"'${HOSTILE.replaceAll('"', '""')}"`) && text.includes(`"'@SUM(A1:A9)"`));
    assert.ok(!text.includes(noor.name));
  });

  it('is whole by keyboard: a dialog takes the focus, and gives it back', async () => {
    const id = await desks().seed({ words: 'Why by keyboard?', by: noor });
    const desk = await opens(id);
    await button(desk, 'Decline').focus();
    await desk.page.keyboard.press('Enter');
    await dialog(desk).getByLabel('Reason').waitFor();
    await desk.page.keyboard.press('Escape');
    await dialog(desk).waitFor({ state: 'detached' });
    await desk.tab.locator('button:focus', { hasText: 'Decline' }).waitFor();
  });

  it('has no barrier where words are merged, proposed and judged, wide and on a phone, and shows hostile words as words', async () => {
    const { seed, deps } = desks();
    const a = await seed({ words: 'Why the canteen, of all places?', by: noor });
    const b = await seed({ words: HOSTILE_HTML, by: omar });
    must(await merge(deps, kofi.aadObjectId, b, a));
    const form = { question: a, submission: freshId(), words: HOSTILE_HTML, reason: HOSTILE_HTML };
    must(await proposeEdit(deps, kofi.aadObjectId, form));
    const c = await seed({ words: 'What a fool?', by: omar, state: 'declined', reason: 'respect' });
    must(await propose(deps, kofi.aadObjectId, { question: c, days: 7, words: HOSTILE_HTML }));
    for (const [id, shown] of [
      [a, 'Undo the merge'],
      [b, 'Undo the merge'],
      [c, 'Agree'],
    ] as const) {
      const desk = await desks().openDesk({ as: kaia, page: `q/${id}` });
      await button(desk, shown).first().waitFor();
      assert.equal(await desk.tab.locator('img[src=x]').count(), 0);
      await assertNoBarriers(desk, shown);
      await desk.page.setViewportSize({ width: 320, height: 900 });
      await assertNoBarriers(desk, `${shown} at 320 px`);
      await desk.close();
    }
    const open = await seed({ words: 'And the canteen in Oslo?', by: noor });
    const desk = await opens(open);
    for (const act of ['Merge', 'Propose other words', 'Topic', 'Decline']) {
      await button(desk, act).click();
      await dialog(desk).waitFor();
      await assertNoBarriers(desk, act);
      await desk.page.keyboard.press('Escape');
      await dialog(desk).waitFor({ state: 'detached' });
    }
  });
});
