import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { kofi, omar } from '../../support/cast.ts';
import { type Desk, useDesks } from '../../support/desk.ts';
import { eventually } from '../eventually.ts';

const SETTINGS = { at: '/tab/configure', for: 'settings' } as const;

/** Teams keeps what it was told when the person saves. */
async function saves(desk: Desk): Promise<Record<string, string>> {
  const told = async () => `Teams to be told; it knows ${JSON.stringify(await desk.host())}`;
  await eventually(async () => (await desk.host()).valid || undefined, told);
  await desk.save();
  await eventually(async () => (await desk.host()).outcome === 'saved' || undefined, told);
  return (await desk.host()).saved ?? {};
}

describe('a tab of a channel', () => {
  const desks = useDesks();

  it('shows the answers, unless whoever adds it chooses something else', async () => {
    const desk = await desks().openDesk({ as: kofi, frame: SETTINGS });
    assert.ok(await desk.tab.getByRole('radio', { name: 'Answers' }).isChecked());
    const entrance = `${desks().scene.bot.url}/tab/desk`;
    assert.deepEqual(await saves(desk), {
      entityId: 'answers',
      suggestedDisplayName: 'Leaders’ answers',
      contentUrl: `${entrance}?opens=answers`,
      websiteUrl: entrance,
    });
  });

  it('opens for everybody with what was chosen, in its own name and language', async () => {
    const settings = await desks().openDesk({ as: kofi, frame: SETTINGS, locale: 'de-de' });
    await settings.tab.getByRole('radio', { name: 'Abgelehnt' }).check();
    const { contentUrl = '', suggestedDisplayName } = await saves(settings);
    assert.equal(suggestedDisplayName, 'Abgelehnte Fragen');
    const { pathname, search } = new URL(contentUrl);
    const content = { at: pathname + search, for: 'content', entity: 'register' } as const;
    for (const as of [omar, kofi]) {
      const desk = await desks().openDesk({ as, frame: content });
      await desk.tab.getByRole('heading', { level: 1, name: 'Declined questions' }).waitFor();
    }
  });

  it('remembers what was chosen when it is set up anew', async () => {
    const desk = await desks().openDesk({ as: kofi, frame: { ...SETTINGS, entity: 'open' } });
    assert.ok(await desk.tab.getByRole('radio', { name: 'Open questions' }).isChecked());
  });

  it('opens with a thread where a link of Teams leads to one', async () => {
    const content = { at: '/tab/desk?opens=answers', for: 'content' } as const;
    const desk = await desks().openDesk({ as: omar, frame: content, page: 'register' });
    await desk.tab.getByRole('heading', { level: 1, name: 'Declined questions' }).waitFor();
  });

  it('is set up without signing in: nobody is asked who they are, and the bot is told nothing', async () => {
    const desk = await desks().openDesk({ as: kofi, frame: SETTINGS });
    await saves(desk);
    assert.equal((await desk.host()).tokens, 0);
    assert.deepEqual(
      desk.requests.filter((request) => request.includes('/api/')),
      [],
    );
  });

  it('can be set up by keyboard and by ear', async () => {
    const desk = await desks().openDesk({ as: kofi, frame: SETTINGS, width: 320 });
    await desk.tab.getByRole('radio', { name: 'Answers' }).focus();
    await desk.page.keyboard.press('ArrowDown');
    assert.ok(await desk.tab.getByRole('radio', { name: 'Open questions' }).isChecked());
    const { violations } = await new AxeBuilder({ page: desk.page }).include('iframe').analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      [],
    );
  });
});
