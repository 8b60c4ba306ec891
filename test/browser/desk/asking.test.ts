import assert from 'node:assert/strict';
import { proposeEdit } from '../../../bot/app/edit.ts';
import { freshId, must } from '../../support/app.ts';
import { ines, kofi, noor } from '../../support/cast.ts';
import { type Desk, useDesks } from '../../support/desk.ts';

const NOTICE = 'A question you follow has an update.';

const asks = async ({ tab }: Desk, words: string): Promise<void> => {
  await tab.getByLabel('Your question').fill(words);
  await tab.getByRole('button', { name: 'Send' }).click();
};

describe('asking at the desk', () => {
  const desks = useDesks();
  const opens = (page: string, more = {}) => desks().openDesk({ as: noor, page, ...more });
  const notices = (): number =>
    desks()
      .scene.teams.conversation(noor.conversationId)
      .filter(({ activity }) => activity.summary === NOTICE).length;

  it('reaches the leader, is asked back with a notice in the chat, and comes back answered under My questions', async () => {
    const { scene } = desks();
    const desk = await opens('ask');
    const { tab } = desk;
    await tab.getByText('Whoever controls this bot’s code and keys could.').waitFor();
    await tab.getByLabel('Topic').selectOption('Culture');
    await asks(desk, 'Why is the lift broken?');
    await tab.getByRole('status').getByText('Your question is in the queue.').waitFor();
    assert.equal(await tab.getByText('Why is the lift broken?').count(), 0, 'the receipt holds no words');
    const card = await scene.card(ines, 'Why is the lift broken?');
    const back = await scene.ines.press(card, 'Ask back');
    const before = notices();
    await scene.ines.press(back.card, 'Send', { words: 'Which lift?' });
    await scene.teams.until(() => notices() > before);
    const opened = scene.teams.requests.findLast(({ path }) => path.endsWith('/v3/conversations'));
    assert.ok(JSON.stringify(opened?.body).includes(noor.aadObjectId), 'the chat was opened by who she is');
    await tab.getByRole('button', { name: 'My questions' }).click();
    await tab.getByText('Which lift?').waitFor();
    await tab.getByLabel('Your answer').fill('The left one.');
    await tab.getByRole('button', { name: 'Send' }).click();
    await scene.answered(await scene.card(ines, 'The left one.'), 'The part is on its way.');
    await tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await tab.getByText('The part is on its way.').waitFor();
    await tab.getByRole('button', { name: 'Follow up' }).click();
    await tab.getByLabel('Your follow-up').fill('From where?');
    await tab.getByRole('button', { name: 'Send' }).click();
    await scene.card(ines, 'From where?');
    assert.ok(!tab.url().includes('mine/'), 'no address names one’s own question');
    assert.ok(desk.requests.every((request) => !/mine\/.{22}/.test(request)));
  });

  it('asks about words that betray before it sends, and sends when told to', async () => {
    const desk = await opens('ask');
    await asks(desk, 'Why? Write to zaphod.mail@fabrikam.example');
    await desk.tab.getByText('This may show who you are.').waitFor();
    await desk.tab.getByText('zaphod.mail@fabrikam.example', { exact: false }).nth(1).waitFor();
    await desk.tab.getByRole('button', { name: 'Send anyway' }).click();
    await desk.tab.getByText('Your question is in the queue.').waitFor();
  });

  it('loses nothing typed while the bot cannot be reached, and sends it once when it can', async () => {
    const desk = await opens('ask');
    const words = 'Will this arrive but once?';
    await desk.tab.getByLabel('Your question').fill(words);
    await desk.online(false);
    await desk.tab.getByRole('button', { name: 'Send' }).click();
    await desk.tab.getByText('What you typed is still here.', { exact: false }).first().waitFor();
    assert.equal(await desk.tab.getByLabel('Your question').inputValue(), words);
    await desk.online(true);
    await desk.tab.getByRole('button', { name: 'Send' }).click();
    await desk.tab.getByText('Your question is in the queue.').waitFor({ timeout: 15_000 });
    await desk.tab.getByRole('button', { name: 'My questions' }).click();
    await desk.tab.getByText(words).first().waitFor();
    assert.equal(await desk.tab.getByText(words).count(), 1);
  });

  it('sends once what came through although the answer was lost', async () => {
    let isLost = true;
    const desk = await opens('ask', {
      before: async (context: { route: (path: string, handle: (route: any) => Promise<void>) => Promise<void> }) =>
        context.route('**/api/ask', async (route) => {
          await route.fetch();
          if (isLost) await route.abort();
          else await route.continue();
          isLost = false;
        }),
    });
    const words = 'Once, though told twice?';
    await asks(desk, words);
    await desk.tab.getByText('What you typed is still here.', { exact: false }).first().waitFor();
    await desk.tab.getByRole('button', { name: 'Send' }).click();
    await desk.tab.getByText('Your question is in the queue.').waitFor();
    desk.faults.length = 0;
    await desk.tab.getByRole('button', { name: 'My questions' }).click();
    await desk.tab.getByText(words).first().waitFor();
    assert.equal(await desk.tab.getByText(words).count(), 1);
  });

  it('keeps what is typed while one looks something up, in memory and in no store of the browser', async () => {
    const { tab } = await opens('ask');
    await tab.getByLabel('Your question').fill('A thought in the making');
    await tab.getByRole('link', { name: 'Answers' }).click();
    await tab.getByRole('link', { name: 'Ask', exact: true }).click();
    assert.equal(await tab.getByLabel('Your question').inputValue(), 'A thought in the making');
    const kept = await tab.evaluate(
      '(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length])()',
    );
    assert.deepEqual(kept, [0, 0, '', 0, 0]);
  });

  it('signs and withdraws after asking whether one means it', async () => {
    const { scene } = desks();
    const desk = await opens('ask');
    const { tab } = desk;
    await asks(desk, 'Do I dare?');
    await scene.card(ines, 'Do I dare?');
    await tab.getByRole('button', { name: 'My questions' }).click();
    const row = tab.getByRole('article').filter({ hasText: 'Do I dare?' });
    if ((await row.getByRole('button', { expanded: false }).count()) > 0) await row.getByRole('button').first().click();
    const sign = row.getByRole('button', { name: 'Sign with my name' });
    await sign.click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    await sign.waitFor();
    assert.equal(await tab.evaluate('document.activeElement.textContent'), 'Sign with my name', 'the focus is back');
    await sign.click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Sign as Noor Quillamor' }).click();
    await row.getByText('Asked by Noor Quillamor').waitFor();
    await row.getByRole('button', { name: 'Withdraw' }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await row.waitFor({ state: 'detached' });
    await scene.card(ines, 'A question was withdrawn');
  });

  it('shows what comms would like to change, word by word, and changes nothing unless one agrees', async () => {
    const { deps } = desks();
    const question = await desks().seed({ words: 'Why did Bob leave?' });
    await desks().seed({ words: 'A later one?' });
    const proposes = async (words: string) =>
      must(
        await proposeEdit(deps, kofi.aadObjectId, {
          question,
          submission: freshId(),
          words,
          reason: 'It names somebody.',
        }),
      );
    const wordsNow = async () => (await deps.store.question(question))?.question.words;
    await proposes('Why did somebody leave?');
    const { tab } = await opens('mine');
    const proposal = tab.getByRole('region', { name: 'proposes other words' });
    await proposal.getByText('It names somebody.').waitFor();
    const first = tab.getByRole('article').first();
    assert.match(await first.innerText(), /Why did Bob leave/, 'what waits for one comes first');
    assert.match((await proposal.locator('del').textContent()) ?? '', /Bob/);
    assert.match((await proposal.locator('ins').textContent()) ?? '', /somebody/);
    await proposal.getByRole('button', { name: 'Keep my words' }).click();
    await proposal.waitFor({ state: 'detached' });
    assert.equal(await wordsNow(), 'Why did Bob leave?');
    assert.match(await first.innerText(), /Why did Bob leave/, 'and does not jump away once it is done');
    await proposes('Why did he leave?');
    await tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await proposal.getByRole('button', { name: 'Agree to these words' }).click();
    await tab.getByText('Edited with the consent of the person who asked').waitFor();
    assert.equal(await wordsNow(), 'Why did he leave?');
  });

  it('says in plain words why something cannot be sent, and keeps it', async () => {
    const desk = await opens('ask');
    await asks(desk, '');
    await desk.tab.getByText('There is no text yet.').waitFor();
    await asks(desk, 'x'.repeat(2001));
    await desk.tab.getByText('1 character too long').waitFor();
    await desk.tab.getByText('This is 2001 characters long', { exact: false }).waitFor();
    assert.equal((await desk.tab.getByLabel('Your question').inputValue()).length, 2001);
  });
});
