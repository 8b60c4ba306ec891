import assert from 'node:assert/strict';
import { ines, noor, omar } from '../../support/cast.ts';
import { textOf } from '../../support/client.ts';
import { useDesks } from '../../support/desk.ts';

const HOSTILE =
  '<img src=x onerror=alert(1)> <b>bold</b> [x](http://evil.example) {leader} ${id} \u202Egnirts @everyone https://evil.example';
const SEEN = HOSTILE.replace('\u202E', '');

describe('reading at the desk', () => {
  let canteen: string;
  const desks = useDesks(async (started) => {
    const seed = (wanted: Parameters<typeof started.seed>[0]) => started.seed(wanted);
    canteen = await seed({
      words: 'When will the canteen be open in the evening?',
      state: 'published',
      topic: 'Culture',
      answer: 'From January on, until nine.',
    });
    await seed({ words: 'Warum gibt es keine Gehaltserhöhung?', state: 'published', answer: 'Weil wir sparen.' });
    await seed({ words: HOSTILE, state: 'published', answer: HOSTILE });
    await seed({ words: `Open: ${HOSTILE}` });
    await seed({ words: `Declined: ${HOSTILE}`, state: 'declined', reason: 'confidential', because: HOSTILE });
    await seed({ words: 'Why is Bob here?', state: 'declined', reason: 'personal' });
    await seed({ words: 'Is this a secret yet?', state: 'answered', answer: 'Yes, unpublished.' });
  });
  const opens = (page: string, more = {}) => desks().openDesk({ as: omar, page, ...more });

  it('opens with the answers, and finds while one types: beginnings, umlauts, slips, in question and answer', async () => {
    const { tab, requests } = await desks().openDesk({ as: omar });
    await tab.getByRole('heading', { name: 'Answers' }).waitFor();
    const found = tab.getByRole('main').getByRole('article');
    for (const [typed, words] of [
      ['cant', 'canteen'],
      ['erhoehung', 'Gehaltserhöhung'],
      ['cantean', 'canteen'],
      ['january', 'canteen'],
    ] as const) {
      await tab.getByRole('searchbox').fill(typed);
      await found.filter({ hasText: words }).waitFor();
      await found.nth(1).waitFor({ state: 'detached' });
    }
    await tab.getByRole('searchbox').fill('xylophone');
    await tab.getByText('Nothing found').waitFor();
    assert.ok(requests.length < 40, `it asked ${requests.length} times`);
    assert.equal(await tab.getByText('unpublished').count(), 0);
  });

  it('leads to a thread and back to what was found, with the words still there', async () => {
    const desk = await opens('answers');
    await desk.tab.getByRole('searchbox').fill('canteen');
    await desk.tab.getByRole('link', { name: 'When will the canteen' }).click();
    await desk.tab.getByText('Written by Ines Varandell').waitFor();
    assert.match(desk.tab.url(), new RegExp(`/tab/q/${canteen}$`));
    await desk.back();
    await desk.tab.getByRole('searchbox').waitFor();
    assert.equal(await desk.tab.getByRole('searchbox').inputValue(), 'canteen');
    assert.ok(!desk.tab.url().includes('canteen'), 'nobody’s words stand in an address');
  });

  it('opens a thread by its deep link, offers that link to others, and says where it was posted', async () => {
    const desk = await opens(`q/${canteen}`);
    await desk.tab.getByText('From January on, until nine.').waitFor();
    await desk.tab.getByText('Posted in General').waitFor();
    await desk.tab.getByRole('button', { name: 'Share' }).click();
    const link = await desks().scene.teams.until(async () => (await desk.host()).links[0]);
    assert.deepEqual(link, { subPage: `q/${canteen}`, label: 'When will the canteen be open in the evening?' });
  });

  it('takes one word on whether the answer helped, and takes it back', async () => {
    const { tab } = await opens(`q/${canteen}`);
    const helped = tab.getByRole('button', { name: 'It helped' });
    await helped.click();
    await tab.getByRole('button', { name: 'It helped', pressed: true }).waitFor();
    await tab.getByRole('button', { name: 'Partly' }).click();
    await tab.getByRole('button', { name: 'Partly', pressed: true }).waitFor();
    assert.equal(await tab.getByRole('button', { name: 'It helped', pressed: true }).count(), 0);
    await tab.getByRole('button', { name: 'Partly' }).click();
    await tab.getByRole('button', { name: 'Partly', pressed: false }).waitFor();
  });

  it('says so where a thread is not here, with a way on', async () => {
    const desk = await opens('q/AAAAAAAAAAAAAAAAAAAAAA');
    await desk.tab.getByText('This thread is not here').waitFor();
    await desk.tab.getByRole('link', { name: 'All answers' }).click();
    await desk.tab.getByRole('searchbox').waitFor();
  });

  it('votes once, whether in the tab or in the chat', async () => {
    const words = 'Who else wonders?';
    const id = await desks().seed({ words, votes: 4 });
    const { scene } = desks();
    const desk = await opens('open');
    const row = desk.tab.getByRole('article').filter({ hasText: words });
    await row.getByText('Fewer than 5').waitFor();
    await row.getByRole('button', { name: 'I’d ask this too' }).click();
    await row.getByRole('button', { name: 'You would ask this too', pressed: true }).waitFor();
    await row.getByText('5 people').waitFor({ timeout: 15_000 });
    const list = await scene.command(scene.omar, 'questions');
    assert.match(textOf(list), /Who else wonders\?[^]*5 would ask this too[^]*Take my vote back/);
    const kept = await desks().deps.store.question(id);
    assert.equal(kept?.question.votes, 5);
    await row.getByRole('button', { name: 'You would ask this too' }).click();
    await row.getByText('Fewer than 5').waitFor({ timeout: 15_000 });
  });

  it('tells how a leader answers, and no number below five', async () => {
    const { tab } = await opens('open');
    const record = tab.locator('dl');
    await record.getByText('Waiting').waitFor();
    assert.match((await record.textContent()) ?? '', /AnsweredFewer than 5|Fewer than 5Answered/);
  });

  it('lists what was declined with its reason, and no words that are about one person', async () => {
    const { tab } = await opens('register');
    await tab.getByText('It is about one person').waitFor();
    assert.equal(await tab.getByText('Bob').count(), 0);
    await tab.getByText('It is confidential for now').waitFor();
  });

  for (const page of ['answers', 'open', 'register'] as const)
    it(`shows hostile words as words: ${page}`, async () => {
      const { tab } = await opens(page);
      await tab.getByText(SEEN, { exact: false }).first().waitFor();
      assert.equal(await tab.locator('main img, main b, main script').count(), 0);
      assert.equal(await tab.locator('main a[href*="evil"]').count(), 0);
    });

  it('speaks German where Teams does', async () => {
    const { tab } = await opens('open', { locale: 'de-de' });
    await tab.getByRole('heading', { name: 'Offene Fragen' }).waitFor();
    await tab.getByRole('button', { name: 'Das würde ich auch fragen' }).first().waitFor();
  });

  it('keeps showing what is there while the bot cannot be reached, and goes on when it can', async () => {
    const desk = await opens('answers');
    await desk.tab.getByText('canteen').waitFor();
    await desk.online(false);
    await desk.tab.getByRole('searchbox').fill('gehalt');
    await desk.tab.getByText('No connection').waitFor();
    await desk.online(true);
    await desk.tab.getByRole('article').filter({ hasText: 'Gehaltserhöhung' }).waitFor({ timeout: 15_000 });
    await desk.tab.getByText('No connection').waitFor({ state: 'detached', timeout: 15_000 });
    assert.equal(await desk.tab.getByRole('searchbox').inputValue(), 'gehalt');
  });

  it('shows leaders and askers the same pages as everybody', async () => {
    for (const as of [ines, noor]) {
      const { tab } = await desks().openDesk({ as, page: 'answers' });
      await tab.getByRole('link', { name: 'When will the canteen' }).waitFor();
    }
  });
});
