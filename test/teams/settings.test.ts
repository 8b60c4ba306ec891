import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { KeptSettings } from '../../bot/app/settings-store.ts';
import type { Store } from '../../bot/app/ports.ts';
import { PLAIN_POLICY } from '../../bot/domain/settings.ts';
import { parseDirectory } from '../../bot/directory-file.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { startBot } from '../support/bot.ts';
import { ana, CHANNEL, directoryJson, kofi, noor } from '../support/cast.ts';
import { textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const withoutKofi = () => {
  const directory = parseDirectory(JSON.stringify(directoryJson()));
  return { ...directory, curators: directory.curators.filter(({ id }) => id !== kofi.aadObjectId) };
};

/** What an admin saved at another instance, as this one finds it. */
describe('settings that another instance saved', () => {
  let scene: Scene;
  let other: Store;
  beforeEach(async () => {
    scene = await openScene({ meets: ['noor', 'ines', 'kofi'] });
    other = openSqlite(join(scene.bot.folder, 'data', 'forthright.db'));
  });
  afterEach(async () => {
    await other.close();
    await scene.close();
  });

  const saves = async (n: number, change: Partial<KeptSettings['settings']> = {}) => {
    const directory = parseDirectory(JSON.stringify(directoryJson()));
    const policy = { ...PLAIN_POLICY, limits: { questions: 0, votes: 0 }, mixing: { size: 1, minutes: 0 } };
    const entry = { n, day: '2026-11-23', by: ana.name, changes: [] };
    await other.saveSettings({ settings: { directory, policy, ...change }, entry }, n - 1);
  };
  const logged = (code: string) =>
    scene.teams.until(() => scene.bot.lines.filter((line) => line.includes(`"${code}"`)).length);

  it('take a role away within seconds: the next press is refused, and the file says in vain that it is not so', async () => {
    const card = await scene.asked('Why is the lift broken?');
    await scene.answered(card, 'The part is on its way.');
    const publish = await scene.card(kofi, 'Publish in General');
    await saves(1, { directory: withoutKofi() });
    assert.equal(await logged('directory-file-ignored'), 1);
    const said = await scene.kofi.press(publish, 'Publish in General');
    assert.match(JSON.stringify(said), /belongs to someone else/);
    assert.ok(textOf(publish).includes('Publish in General'), 'the premise: it stood there');
  });

  it('change limits without a restart, and hold after one, also where the file is gone', async () => {
    await scene.asked('One');
    const limits = { questions: 1, votes: 0 };
    const policy = { ...PLAIN_POLICY, limits, mixing: { size: 1, minutes: 0 } };
    await saves(1, { policy });
    await logged('directory-file-ignored');
    await saves(2, { policy: { ...policy, overdueDays: 3 } });
    assert.equal(await logged('settings-changed'), 1);
    await scene.asked('Two');
    const form = await scene.command(scene.noor, 'ask');
    const said = await scene.noor.press(form, 'Send', { words: 'Three' });
    assert.match(JSON.stringify(said), /You have asked 1 question today/);
  });

  it('change the language of what is posted from then on', async () => {
    const card = await scene.asked('Why is the lift broken?');
    await scene.answered(card, 'The part is on its way.');
    const publish = await scene.card(kofi, 'Publish in General');
    const policy = { ...PLAIN_POLICY, limits: { questions: 0, votes: 0 }, mixing: { size: 1, minutes: 0 } };
    await saves(1, { policy: { ...policy, language: 'de' } });
    await logged('directory-file-ignored');
    await scene.kofi.press(publish, 'Publish in General');
    const posted = () => JSON.stringify(scene.teams.channelThreads(CHANNEL.id));
    await scene.teams.until(() => /ohne Namen gefragt/.test(posted()));
  });

  it('gain an admin whom the operator names, with the next start', async () => {
    await saves(1);
    await scene.bot.stop();
    scene.bot = await startBot({
      forms: 'inline',
      serviceUrl: scene.teams.url,
      folder: scene.bot.folder,
      settings: { ADMIN: noor.aadObjectId.toUpperCase() },
    });
    const kept = await other.settings();
    assert.equal(kept?.settings.directory.admins.at(-1)?.id, noor.aadObjectId);
    assert.deepEqual([kept?.entry.n, kept?.entry.by], [2, 'ADMIN']);
  });
});
