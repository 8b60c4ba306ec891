import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { localeOf, readActivity } from '../../bot/teams/activity.ts';
import { CHANNEL, ines, kofi, noor, omar, type Person } from '../support/cast.ts';
import { type Client, makeClient, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const QUESTION = 'Warum schließt Lyon?';
const NOTICE = /A question you follow has an update/;

/** Asks as somebody whose Teams is German. */
async function asksInGerman(scene: Scene, client: Client, words = QUESTION): Promise<void> {
  const form = await scene.command(client, 'Frage');
  assert.match(
    textOf(form),
    /Eine Frage stellen[^]*Führungskräfte und Kommunikationsteam können nicht sehen, wer Sie sind/,
  );
  const { card } = await client.press(form, 'Senden', { words });
  assert.match(textOf(card), /Gesendet\nIhre Frage ist im Eingang/);
}

const messagesTo = (scene: Scene, person: Person) =>
  scene.teams.chatWith(person).map(({ activity }) => JSON.stringify(activity));

describe('two languages', () => {
  let scene: Scene;
  afterEach(() => scene.close());

  it('are spoken side by side: each is answered in their own, the channel reads the default one', async () => {
    scene = await openScene({ locales: { noor: 'de-DE', kofi: 'de-AT' } });
    await asksInGerman(scene, scene.noor);
    const card = await scene.card(ines, QUESTION);
    assert.match(textOf(card), /A question for you[^]*asked without a name/);
    await scene.answered(card, 'The lease ends.');
    const curated = await scene.card(kofi, 'hat geantwortet');
    assert.match(
      textOf(curated),
      /Ines Varandell hat geantwortet[^]*ohne Namen gefragt[^]*Geschrieben von Ines Varandell/,
    );
    await scene.kofi.press(curated, 'In General veröffentlichen');
    await scene.teams.until(() => scene.thread().length === 2);
    assert.match(scene.thread().map(textOf).join('\n'), /A question for Ines[^]*Ines Varandell answers[^]*Written by/);
    const mine = await scene.noor.press(await scene.command(scene.noor, 'meine Fragen'), 'Öffnen');
    assert.match(textOf(mine.card), /Meine Frage an Ines Varandell\nBeantwortet/);
  });

  it('are told in the language of the person: what is missing, and what is refused', async () => {
    scene = await openScene({ locales: { noor: 'de-DE' }, meets: ['noor', 'omar'] });
    const form = await scene.command(scene.noor, 'ask');
    const { card } = await scene.noor.press(form, 'Senden', { words: 'x'.repeat(2001) });
    assert.match(textOf(card), /Das sind 2001 Zeichen; 2000 passen\. .* Ihr Text ist noch hier\./);
    assert.match(textOf(await scene.command(scene.omar, 'xyz')), /I don’t know that word/);
    assert.match(
      textOf(await scene.command(scene.noor, 'xyz')),
      /Dieses Wort kenne ich nicht\nVersuchen Sie: frage · meine fragen/,
    );
  });

  it('write to somebody with a role as they last wrote themselves', async () => {
    scene = await openScene({ locales: { ines: 'de-DE' }, meets: ['noor', 'ines'] });
    await scene.asked(QUESTION);
    assert.match(textOf(await scene.card(ines, QUESTION)), /Eine Frage an Sie/);
    await makeClient(() => scene.bot.url, scene.teams.url, { ...ines, locale: 'en-GB' }).says('queue');
    const again = 'Und Graz?';
    await scene.asked(again);
    assert.match(textOf(await scene.card(ines, again)), /A question for you/);
  });

  it('write to somebody with a role as they last pressed a button, too, and else in the default one', async () => {
    scene = await openScene({ locales: { ines: 'fr-FR' }, meets: ['noor', 'ines'] });
    const card = await scene.asked(QUESTION);
    assert.match(textOf(card), /A question for you/);
    await makeClient(() => scene.bot.url, scene.teams.url, { ...ines, locale: 'de-DE' }).press(card, 'Later');
    await scene.asked('Und Graz?');
    assert.match(textOf(await scene.card(ines, 'Und Graz?')), /Eine Frage an Sie/);
  });

  it('tell nobody who asked: a notice is the same to the byte, whatever the language of the asker', async () => {
    scene = await openScene({ locales: { noor: 'de-DE' }, meets: ['noor', 'omar', 'ines'] });
    await asksInGerman(scene, scene.noor);
    await scene.answered(await scene.card(ines, QUESTION), 'The lease ends.');
    const other = 'Why Lyon?';
    await scene.omar.press(await scene.command(scene.omar, 'ask'), 'Send', { words: other });
    await scene.answered(await scene.card(ines, other), 'The lease ends.');
    const noticeTo = (person: Person) =>
      scene.teams.until(() => messagesTo(scene, person).find((one) => NOTICE.test(one)));
    assert.equal(await noticeTo(noor), await noticeTo(omar));
  });

  it('leave no trace of an asker’s: the database holds those of people with roles alone', async () => {
    scene = await openScene({ locales: { noor: 'de-DE', ines: 'de-DE' }, meets: ['noor', 'ines'] });
    await asksInGerman(scene, scene.noor);
    await scene.settled();
    const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'), { readOnly: true });
    const met = db.prepare('SELECT id, doc FROM met').all();
    const others = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all()
      .flatMap(({ name }) => (name === 'met' ? [] : db.prepare(`SELECT * FROM "${String(name)}"`).all()));
    db.close();
    assert.deepEqual(
      met.map(({ id }) => id),
      [ines.aadObjectId],
    );
    assert.match(String(met[0]?.['doc']), /"language":"de"/);
    assert.ok(others.length > 2, 'the premise: there are other rows');
    assert.doesNotMatch(JSON.stringify(others), /de-DE|"language"|"locale"/);
  });

  it('become one where everybody reads along, or nobody said otherwise: the default', async () => {
    scene = await openScene({ settings: { DEFAULT_LANGUAGE: 'de' } });
    await scene.answered(await scene.asked(QUESTION), 'The lease ends.');
    await scene.kofi.press(await scene.card(kofi, 'Publish in General'), 'Publish in General');
    const posts = () =>
      scene.teams
        .channelThreads(CHANNEL.id)
        .flat()
        .map(({ activity }) => JSON.stringify(activity));
    await scene.teams.until(() => posts().some((post) => post.includes('Ines Varandell antwortet')));
    assert.match(posts().join(), /Forthright ist in diesem Kanal[^]*Eine Frage an Ines Varandell/);
    await scene.teams.until(() => messagesTo(scene, noor).some((one) => one.includes('gibt es etwas Neues')));
  });
});

describe('the language of a client', () => {
  it('is read in either place where Teams names it, and nonsense there is no fault', () => {
    const said = {
      type: 'message',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      from: { id: 'x' },
      conversation: { id: 'y' },
    };
    const localeIn = (more: object) => {
      const activity = readActivity({ ...said, ...more });
      assert.ok(activity);
      return localeOf(activity);
    };
    const info = { type: 'clientInfo', locale: 'de-DE', country: 'DE' };
    assert.equal(localeIn({ locale: 'en-US', entities: [info] }), 'en-US');
    assert.equal(localeIn({ entities: [{ type: 'mention', mentioned: {} }, info] }), 'de-DE');
    for (const entities of [undefined, null, 'de-DE', [null], [{ type: 7 }], {}])
      assert.equal(localeIn({ entities }), undefined);
    assert.equal(localeIn({ locale: { de: 1 } }), undefined);
  });
});
