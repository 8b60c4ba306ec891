import assert from 'node:assert/strict';
import { claim, release } from '../../../bot/app/claim.ts';
import { answer, decline } from '../../../bot/app/lead.ts';
import { ask } from '../../../bot/app/ask.ts';
import { freshId, must } from '../../support/app.ts';
import { weekOf } from '../../../bot/domain/week.ts';
import { ana, ines, kaia, kofi, noor, omar, otto } from '../../support/cast.ts';
import { type Desk, useDesks } from '../../support/desk.ts';
import { handOf } from '../../support/seeds.ts';
import { HOSTILE } from '../../support/sights.ts';
import { eventually } from '../eventually.ts';

/** Longer than two curators may have to wait for each other. */
const SOON = { timeout: 2000 };
const column = ({ tab }: Desk, name: string) => tab.getByRole('region', { name: new RegExp(`^${name}`) });
const links = (desk: Desk, name: string) => column(desk, name).getByRole('link');
const focused = ({ tab }: Desk) => tab.evaluate<string>('document.activeElement?.textContent ?? ""');

describe('the board', () => {
  let ids: Record<'waiting' | 'other' | 'answered' | 'second' | 'published', string>;
  const desks = useDesks(async (started) => {
    ids = {
      waiting: await started.seed({ words: 'Why did we close Lyon?', topic: 'Strategy' }),
      other: await started.seed({ words: 'When do the offices open?', leader: otto, topic: 'Culture' }),
      answered: await started.seed({ words: 'Who pays for the headquarters?', state: 'answered' }),
      second: await started.seed({ words: 'Why is the canteen closed?', state: 'answered', answer: 'Für die Küche.' }),
      published: await started.seed({ words: 'Do managers read our comments?', state: 'published' }),
    };
  });

  const open = async (as = kofi, page = 'board') => {
    const desk = await desks().openDesk({ as, page });
    await links(desk, 'Answered').first().waitFor();
    return desk;
  };

  it('shows every question in its stage, with how many there are', async () => {
    const desk = await open();
    assert.deepEqual((await links(desk, 'Waiting').allTextContents()).toSorted(), [
      'When do the offices open?',
      'Why did we close Lyon?',
    ]);
    assert.equal(await links(desk, 'Answered').count(), 2);
    assert.equal(await links(desk, 'Published').count(), 1);
    await column(desk, 'Waiting').getByRole('heading', { name: 'Waiting for a leader 2' }).waitFor();
    await column(desk, 'Scheduled').getByText('Nothing is planned.').waitFor();
  });

  it('is where curators begin; whoever only reads has no way there', async () => {
    const desk = await desks().openDesk({ as: kofi });
    await desk.tab.getByRole('heading', { name: 'Board', level: 1 }).waitFor();
    for (const as of [omar, ines]) {
      const other = await desks().openDesk({ as, page: 'board' });
      await other.tab.getByText('There is nothing here').waitFor();
      assert.equal(await other.tab.getByRole('link', { name: 'Board' }).count(), 0);
    }
  });

  it('lets an admin read, and act on nothing', async () => {
    const desk = await open(ana);
    assert.equal(await desk.tab.getByRole('checkbox').count(), 0);
  });

  it('shows a claim to another curator within two seconds, and its end', async () => {
    const [one, other] = [await open(kofi), await open(kaia)];
    const { deps } = desks();
    assert.equal(await claim(deps, kofi.aadObjectId, { question: ids.answered }), undefined);
    await other.tab.getByText(`${kofi.name} works on this`).waitFor(SOON);
    await one.tab.getByText('You work on this').waitFor(SOON);
    await release(deps, kofi.aadObjectId, ids.answered);
    await other.tab.getByText(`${kofi.name} works on this`).waitFor({ ...SOON, state: 'detached' });
  });

  it('follows what happens elsewhere without a reload: a question comes in, is answered, and changes its column', async () => {
    const desk = await open();
    const { deps, scene } = desks();
    const form = { submission: freshId(), leader: ines.aadObjectId, words: 'Is this one new?' };
    const { id } = must(await ask(deps, handOf(deps, noor, scene.teams.url), form));
    const found = (name: string) => column(desk, name).getByRole('link', { name: 'Is this one new?' });
    await found('Waiting').waitFor({ timeout: 6000 });
    must(await answer(deps, ines.aadObjectId, { question: id, submission: freshId(), words: 'It is.' }));
    await found('Answered').waitFor({ timeout: 6000 });
    await found('Waiting').waitFor({ state: 'detached', timeout: 6000 });
  });

  it('has what waits for too long first, and says so', async () => {
    const { deps } = desks();
    const kept = (await deps.store.question(ids.waiting))!.question;
    const week = weekOf(new Date(deps.clock.now().getTime() - 60 * 86_400_000));
    const late = { ...kept, id: freshId(), words: 'Is anybody there?', week, places: [], deliveries: [] };
    await deps.store.add(late);
    const desk = await open();
    const first = column(desk, 'Waiting').getByRole('listitem').first();
    await first.getByText('Is anybody there?').waitFor();
    await first.getByText('Overdue').waitFor();
    await first.getByText(/^Waiting for \d weeks$/).waitFor();
    must(await decline(deps, ines.aadObjectId, { question: late.id, reason: 'elsewhere', words: '' }));
  });

  it('is filtered by leader, topic and words, in questions and answers, and keeps the filters in its address', async () => {
    const desk = await open();
    await desk.tab
      .getByLabel('Leader', { exact: true })
      .selectOption({ label: 'Otto Harrowgate, Chief Operating Officer' });
    await links(desk, 'Waiting').filter({ hasText: 'Lyon' }).waitFor({ state: 'detached' });
    await links(desk, 'Waiting').first().waitFor();
    assert.deepEqual(await links(desk, 'Waiting').allTextContents(), ['When do the offices open?']);
    await desk.tab.getByLabel('Leader', { exact: true }).selectOption({ label: 'All leaders' });
    await desk.tab.getByLabel('Search').fill('KUCHE fur');
    await column(desk, 'Waiting').getByText('Nothing here fits the filters.').waitFor();
    assert.deepEqual(await links(desk, 'Answered').count(), 0, 'an umlaut is no u');
    await desk.tab.getByLabel('Search').fill('kueche');
    await links(desk, 'Answered').filter({ hasText: 'canteen' }).waitFor();
    assert.equal(await desk.tab.getByRole('heading', { name: 'Answered' }).innerText(), 'Answered', 'counts nothing');
    const filtered = await desks().openDesk({ as: kofi, page: 'board?topic=Culture' });
    await links(filtered, 'Waiting').filter({ hasText: 'offices' }).waitFor();
    assert.equal(await links(filtered, 'Waiting').count(), 1);
  });

  it('is used by keys alone: down, up, across, open, and back to where one was', async () => {
    const desk = await open();
    const keys = desk.page.keyboard;
    await desk.tab.getByRole('heading', { name: 'Board', level: 1 }).click();
    await keys.press('j');
    const [first = '', second = ''] = await links(desk, 'Waiting').allTextContents();
    const at = (words: string) =>
      eventually(
        async () => ((await focused(desk)) === words ? true : undefined),
        async () => `the focus on ${words}; it is on ${await focused(desk)}`,
        2000,
      );
    await at(first);
    await keys.press('j');
    await at(second);
    await keys.press('k');
    await at(first);
    await keys.press('l');
    const answers = await links(desk, 'Answered').allTextContents();
    await at(answers[0] ?? '');
    assert.equal(await focused(desk), answers[0]);
    await keys.press('Enter');
    await desk.tab.getByRole('heading', { name: 'A question for Ines Varandell' }).waitFor();
    await desk.back();
    await desk.tab.getByRole('heading', { name: 'Board', level: 1 }).waitFor();
    await at(answers[0] ?? '');
  });

  it('explains its keys, and lets one switch them off', async () => {
    const desk = await open();
    const keys = desk.page.keyboard;
    await desk.tab.getByRole('heading', { name: 'Board', level: 1 }).click();
    await keys.press('?');
    const dialog = desk.tab.getByRole('dialog', { name: 'Keys' });
    await dialog.getByText('Publish what is chosen').waitFor();
    await dialog.getByRole('switch', { name: 'Use single keys' }).click();
    await keys.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await desk.tab.getByRole('heading', { name: 'Board', level: 1 }).click();
    await keys.press('x');
    await keys.press('j');
    assert.equal(await desk.tab.evaluate('document.activeElement?.closest("[data-question]") !== null'), false);
    await desk.tab.getByLabel('Search').press('j');
    assert.equal(await desk.tab.getByLabel('Search').inputValue(), 'j', 'what is typed is typed');
  });

  it('publishes what is chosen in one go, and tells of each that could not be, and why', async () => {
    const desk = await open();
    const choose = (words: string) => desk.tab.getByRole('checkbox', { name: `Choose: ${words}` }).check();
    await choose('Who pays for the headquarters?');
    await choose('When do the offices open?');
    await desk.tab.getByText('2 questions chosen').first().waitFor();
    await desk.tab.getByRole('heading', { name: 'Board', level: 1 }).click();
    await desk.page.keyboard.press('p');
    const dialog = desk.tab.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Publish/ }).click();
    await desk.tab.getByText('Done for 1 thread. Not for 1:').waitFor();
    await desk.tab.getByText('This question has no answer yet.').waitFor();
    await links(desk, 'Published').filter({ hasText: 'headquarters' }).waitFor({ timeout: 6000 });
    assert.equal(await desk.tab.getByText(/questions? chosen/).count(), 0, 'nothing is chosen any more');
  });

  it('keeps chosen what was not done because something was away, so that one press does the rest', async () => {
    const desk = await open();
    const words = 'Something on our side was away.';
    await desk.page.route('**/api/topics', (route) =>
      route.fulfill({ json: { done: 1, notDone: [{ question: ids.waiting, words, again: true }] } }),
    );
    for (const one of ['Why did we close Lyon?', 'When do the offices open?'])
      await desk.tab.getByRole('checkbox', { name: `Choose: ${one}` }).check();
    await desk.tab.getByRole('button', { name: 'Topic' }).click();
    await desk.tab.getByRole('dialog').getByRole('button', { name: 'Sort' }).click();
    await desk.tab.getByText(words).waitFor();
    await desk.tab.getByText('1 question chosen').first().waitFor();
    assert.ok(await desk.tab.getByRole('checkbox', { name: 'Choose: Why did we close Lyon?' }).isChecked());
  });

  it('puts what is chosen under one topic', async () => {
    const desk = await open();
    await desk.tab.getByRole('checkbox', { name: 'Choose: Why did we close Lyon?' }).check();
    await desk.tab.getByRole('button', { name: 'Topic' }).click();
    const dialog = desk.tab.getByRole('dialog', { name: 'Put 1 question under a topic' });
    await dialog.getByLabel('Topic').selectOption('Culture');
    await dialog.getByRole('button', { name: 'Sort' }).click();
    await desk.tab.getByText('Done for 1 thread.').waitFor();
    await column(desk, 'Waiting').locator('[data-question]').filter({ hasText: 'Lyon' }).getByText('Culture').waitFor();
  });

  it('shows hostile words as words', async () => {
    await desks().seed({ words: HOSTILE, state: 'answered', answer: HOSTILE });
    const desk = await open();
    await links(desk, 'Answered').filter({ hasText: '<img src=x' }).waitFor();
    assert.equal(await desk.tab.locator('main img').count(), 0);
    assert.equal(await desk.tab.evaluate('document.title'), 'Board · Forthright');
  });

  it('is one list at a time on a phone, with the others behind tabs', async () => {
    const desk = await desks().openDesk({ as: kofi, page: 'board', width: 360, height: 760 });
    await desk.tab.getByRole('tab', { name: /^Published/ }).click();
    await desk.tab.getByRole('tabpanel').getByRole('link', { name: 'Do managers read our comments?' }).waitFor();
    assert.equal(await desk.tab.getByRole('link', { name: 'Why did we close Lyon?' }).count(), 0);
    assert.equal(await desk.tab.getByLabel('Topic').count(), 0);
    await desk.tab.getByRole('button', { name: 'Filters' }).click();
    await desk.tab.getByLabel('Topic').waitFor();
  });
});
