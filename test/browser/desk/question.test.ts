import assert from 'node:assert/strict';
import { claimsNow } from '../../../bot/app/claim.ts';
import { kaia, kofi, omar } from '../../support/cast.ts';
import { type Desk, useDesks } from '../../support/desk.ts';
import { HOSTILE } from '../../support/sights.ts';
import { eventually } from '../eventually.ts';

const SOON = { timeout: 2000 };
const main = ({ tab }: Desk) => tab.getByRole('main');
const colourOf = ({ tab }: Desk) =>
  tab.evaluate<string>(`getComputedStyle(document.querySelector('.ac-adaptiveCard')).backgroundColor`);

describe('the page of a question', () => {
  let ids: Record<'open' | 'answered' | 'hostile', string>;
  const desks = useDesks(async (started) => {
    ids = {
      open: await started.seed({ words: 'Why did we close Lyon?', votes: 5 }),
      answered: await started.seed({
        words: 'Who pays for it?',
        state: 'answered',
        answer: 'We all do.',
        followUp: 'And then?',
      }),
      hostile: await started.seed({ words: HOSTILE, state: 'answered', answer: HOSTILE }),
    };
  });

  const open = async (question: string, as = kofi) => {
    const desk = await desks().openDesk({ as, page: `q/${question}` });
    await desk.tab.getByRole('heading', { name: 'What happened' }).waitFor();
    return desk;
  };

  it('opens from a link in Teams, with the thread, its votes, and what each role did in which week', async () => {
    const desk = await open(ids.answered);
    await main(desk).getByText('Written by Ines Varandell').first().waitFor();
    for (const words of ['The question was asked.', 'The leader answered.', 'The person who asked followed up.'])
      await main(desk).getByText(words).waitFor();
    const other = await open(ids.open);
    await main(other).getByText('5 people would ask this too').waitFor();
  });

  it('shows the card as it will be posted: root and answer, not the follow-up that nobody has answered', async () => {
    const desk = await open(ids.answered);
    const preview = desk.tab.getByRole('region', { name: 'The card as it will be posted' });
    await preview.getByText('A question for Ines Varandell, Chief Executive').waitFor();
    await preview.getByText('We all do.').waitFor();
    assert.equal(await preview.getByText('And then?').count(), 0);
    await preview.getByRole('radio', { name: 'Dark' }).check();
    await preview.getByRole('radio', { name: 'Phone' }).check();
    const card = preview.locator('.ac-adaptiveCard').first();
    await eventually(
      async () => ((await colourOf(desk)) === 'rgb(41, 41, 41)' ? true : undefined),
      async () => 'a dark card',
    );
    assert.ok(((await card.boundingBox())?.width ?? 999) <= 320);
  });

  it('posts what it showed, word for word', async () => {
    const desk = await open(ids.answered);
    const preview = desk.tab.getByRole('region', { name: 'The card as it will be posted' });
    await preview.getByText('We all do.').waitFor();
    const shown = (await preview.locator('.ac-adaptiveCard').allInnerTexts()).map((text) =>
      text.replaceAll(/\s+/g, ' '),
    );
    await desk.tab.getByRole('button', { name: 'Publish in General' }).click();
    await eventually(
      async () => (desks().scene.thread().length === 2 ? true : undefined),
      async () => `two posts; there are ${desks().scene.thread().length}`,
    );
    await main(desk).getByText('A curator published it in General.').waitFor({ timeout: 4000 });
    const posted = desks()
      .scene.thread()
      .map((message) => JSON.stringify(message));
    assert.equal(shown.length, 2);
    for (const [at, text] of shown.entries())
      for (const word of text.split(' ')) assert.ok(posted[at]?.includes(word), `${word} is not in post ${at}`);
  });

  it('is claimed by one curator, seen and taken over by another within two seconds, and let go of on leaving', async () => {
    const [one, other] = [await open(ids.open), await open(ids.open, kaia)];
    await one.tab.getByRole('button', { name: 'I work on this' }).press('Enter');
    await other.tab.getByText(`${kofi.name} works on this.`).waitFor(SOON);
    await one.tab.getByText('You work on this.').waitFor(SOON);
    assert.equal(await one.tab.evaluate('document.activeElement === document.body'), false, 'the focus is not lost');
    await other.tab.getByRole('button', { name: 'Take it over' }).click();
    await one.tab.getByText(`${kaia.name} has taken this over from you.`).waitFor(SOON);
    await other.tab.getByRole('link', { name: 'Back to the board' }).click();
    await one.tab.getByRole('button', { name: 'I work on this' }).waitFor(SOON);
    const { deps } = desks();
    assert.equal((await claimsNow(deps)).size, 0);
  });

  it('is let go of as well by whoever closes the tab', async () => {
    const { deps } = desks();
    const desk = await open(ids.open);
    await desk.tab.getByRole('button', { name: 'I work on this' }).click();
    await desk.tab.getByText('You work on this.').waitFor();
    assert.equal((await claimsNow(deps)).size, 1, 'the premise');
    await desk.page.goto('about:blank');
    await eventually(
      async () => ((await claimsNow(deps)).size === 0 ? true : undefined),
      async () => 'the claim to end',
      2000,
    );
  });

  it('shows hostile words as words, in the thread and on the card', async () => {
    const desk = await open(ids.hostile);
    await desk.tab.locator('.ac-adaptiveCard').first().waitFor();
    assert.ok((await main(desk).getByText('<img src=x', { exact: false }).count()) >= 2);
    assert.equal(await main(desk).locator('img').count(), 0);
    assert.equal(await main(desk).locator('a[href^="javascript"]').count(), 0);
    assert.equal(await desk.tab.evaluate('document.title'), 'A question for Ines Varandell · Forthright');
  });

  it('is the published thread, and nothing else, for whoever only reads', async () => {
    const desk = await desks().openDesk({ as: omar, page: `q/${ids.open}` });
    await desk.tab
      .getByText('This thread is not here')
      .or(desk.tab.getByRole('heading', { level: 1 }))
      .first()
      .waitFor();
    assert.equal(await desk.tab.getByText('Why did we close Lyon?').count(), 0);
    assert.equal(
      desk.requests.some((request) => request.includes(`/api/questions/${ids.open}`)),
      false,
    );
  });

  it('says plainly where there is no such question', async () => {
    const desk = await desks().openDesk({ as: kofi, page: 'q/nothing' });
    await desk.tab.getByText('This question is not here').waitFor();
  });
});
