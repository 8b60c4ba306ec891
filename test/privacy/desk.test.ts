import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AnyRoute } from '../../bot/http/api/route.ts';
import { routes } from '../../bot/http/api/routes.ts';
import { canariesOf, canaryOf, filesIn, foundIn } from '../support/canary.ts';
import { ana, CHANNEL, devi, ines, kofi, noor, omar, type Person, SECOND_CHANNEL, TENANT } from '../support/cast.ts';
import { AUDIENCE, bearer } from '../support/desk-api.ts';
import { addressOf, inputsFor } from '../support/inputs.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { type SignInIssuer, startSignIn } from '../support/sign-in.ts';

const PUBLISHED = 'Why was the canteen closed on a Friday?';
const OPEN = 'Who chose the new chairs?';
const DECLINED = 'Who is to blame for the chairs?';
const PLANNED = 'When do the new ovens come?';
const TAKEN_BACK = 'Xylophagous words that were taken back';

function questionsIn({ bot }: Scene): string[] {
  const db = new DatabaseSync(join(bot.folder, 'data', 'forthright.db'));
  const rows = db.prepare('SELECT id FROM questions').all();
  db.close();
  return rows.map((row) => String(row['id']));
}

/** Every page there is to read, about that question and about Ines. */
const readings = (question: string): string[] =>
  (routes as readonly AnyRoute[])
    .filter(({ method }) => method === 'get')
    .flatMap((route) => inputsFor(route, question).map((input) => addressOf(route, input)));

/** The bot opens the chat with Omar. */
const isOpening = ({ path, body }: { path: string; body: unknown }) =>
  path.endsWith('/v3/conversations') && JSON.stringify(body).includes(omar.aadObjectId);

describe('the desk', () => {
  let issuer: SignInIssuer;
  let scene: Scene;
  beforeEach(async () => {
    issuer = await startSignIn({ audience: AUDIENCE, tenant: TENANT.id });
    scene = await openScene({ settings: issuer.settings });
  });
  afterEach(async () => {
    await scene.close();
    await issuer.stop();
  });

  const get = async (path: string, token: string) => {
    const answer = await fetch(scene.bot.url + path, { headers: bearer(token), signal: AbortSignal.timeout(3000) });
    return { status: answer.status, text: await answer.text(), headers: JSON.stringify([...answer.headers]) };
  };

  const post = async (path: string, token: string, body: object) => {
    const headers = { ...bearer(token), 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(3000);
    const answer = await fetch(scene.bot.url + path, { method: 'POST', headers, body: JSON.stringify(body), signal });
    assert.equal(answer.status, 200, path);
    return (await answer.json()) as Record<string, string>;
  };
  /** Noor asks in the tab; her question's id, once it stands before Ines. */
  const asksInTab = async (words: string) => {
    const token = issuer.tokenOf(noor);
    const before = new Set(questionsIn(scene));
    const { submission } = await post('/api/forms', token, {});
    await post('/api/ask', token, { submission, leader: ines.aadObjectId, words });
    const card = await scene.card(ines, words);
    return { card, id: questionsIn(scene).find((id) => !before.has(id)) ?? '' };
  };

  it('shows nobody who asked, in the chat or in the tab, nor words that were taken back, whatever they may read', async () => {
    await scene.answered(await scene.asked(PUBLISHED), 'The ovens broke.');
    await scene.kofi.press(await scene.card(kofi, 'Publish in General'), 'Publish in General');
    await scene.card(kofi, 'Published in General');
    const planned = await asksInTab(PLANNED);
    await scene.answered(planned.card, 'In May.');
    const channel = CHANNEL.id;
    const [now, later] = [channel, SECOND_CHANNEL.id].map((to) => ({ channel: to, at: Date.now() + 86_400_000 }));
    await post(`/api/questions/${planned.id}/schedule`, issuer.tokenOf(kofi), now ?? {});
    await post(`/api/questions/${planned.id}/publish`, issuer.tokenOf(kofi), { channels: [channel] });
    await post(`/api/questions/${planned.id}/retract`, issuer.tokenOf(kofi), { channel, reason: 'Not yet.' });
    await post(`/api/questions/${planned.id}/schedule`, issuer.tokenOf(kofi), later ?? {});
    await asksInTab(OPEN);
    const declined = await scene.ines.press((await asksInTab(DECLINED)).card, 'Decline');
    await scene.ines.press(declined.card, 'Decline', { reason: 'confidential' });
    const { id } = await asksInTab(TAKEN_BACK);
    await post('/api/mine/withdraw', issuer.tokenOf(noor), { question: id });
    await scene.settled();
    const ids = questionsIn(scene);
    assert.equal(ids.length, 5, 'the premise: her questions are there');
    const read = new Map<Person, string>();
    for (const who of [omar, ines, devi, kofi, ana])
      for (const path of new Set(ids.flatMap(readings))) {
        const { status, text, headers } = await get(path, issuer.tokenOf(who));
        assert.ok(status !== 500 && status !== 429, `${path}: ${text} ${scene.bot.lines.at(-1) ?? ''}`);
        assert.deepEqual(foundIn(text + headers, canariesOf(noor)), [], `${who.name} reads ${path}`);
        assert.ok(!text.includes(TAKEN_BACK), `${who.name} reads ${path}`);
        if (who === omar) assert.doesNotMatch(text, /\dT\d\d:/, `${who.name} reads the hour of something at ${path}`);
        read.set(who, (read.get(who) ?? '') + text);
      }
    for (const words of [PUBLISHED, OPEN, DECLINED])
      assert.ok(read.get(omar)?.includes(words), `the premise: it can be read: ${words}`);
    for (const words of [DECLINED, PLANNED, 'Not yet.']) assert.ok(read.get(kofi)?.includes(words), words);
    assert.ok(!read.get(omar)?.includes(PLANNED), 'what is planned is not published');
  });

  it('leaves nothing of who reads, votes, asks, follows up and says what helped in the tab: in no file, line or message', async () => {
    await scene.answered(await scene.asked(PUBLISHED), 'The ovens broke.');
    await scene.kofi.press(await scene.card(kofi, 'Publish in General'), 'Publish in General');
    await scene.card(kofi, 'Published in General');
    const [published = ''] = questionsIn(scene);
    const token = issuer.tokenOf(omar);
    await get('/api/answers?words=canteen', token);
    await post('/api/answers/react', token, { question: published, reaction: 'partly' });
    const { submission } = await post('/api/forms', token, {});
    await post('/api/ask', token, { submission, leader: ines.aadObjectId, words: OPEN });
    const card = await scene.card(ines, OPEN);
    const question = questionsIn(scene).find((id) => id !== published) ?? '';
    await post('/api/open/vote', token, { question, wanted: true });
    await scene.answered(card, 'The chairs were a gift.');
    const form = await post('/api/forms', token, {});
    const follows = { question, submission: form['submission'] ?? '', words: 'From whom?', about: 'follow-up' };
    await post('/api/mine/follow', token, follows);
    await scene.card(ines, 'From whom?');
    await scene.settled();
    assert.ok(scene.teams.requests.some(isOpening), 'the premise: he was written to, by who he is');
    const places: [string, Buffer | string][] = [
      ['log', scene.bot.lines.join('')],
      ...filesIn(scene.bot.folder)
        .filter(({ file }) => file !== 'directory.json')
        .map(({ file, bytes }): [string, Buffer] => [file, bytes]),
      ...scene.teams.requests
        .filter((request) => !isOpening(request) && !request.path.includes(omar.conversationId))
        .map(({ path, body }): [string, string] => [path, JSON.stringify(body ?? '')]),
    ];
    const found = places.flatMap(([place, bytes]) =>
      foundIn(bytes, canariesOf(omar)).map((name) => `${place}: ${name}`),
    );
    assert.deepEqual(found, []);
  });

  it('leaves nothing of whoever opens it: no id, no name, no token, in no file and no line', async () => {
    const tokens: string[] = [];
    const open = async (who: Person, claims: Record<string, unknown>) => {
      const token = issuer.tokenOf(who, claims);
      tokens.push(token);
      return (await get('/api/me', token)).status;
    };
    assert.equal(await open(noor, { preferred_username: noor.email }), 200);
    assert.equal(await open(noor, { aud: 'another', preferred_username: noor.email }), 401);
    assert.equal(await open(noor, { acct: 1 }), 403);
    assert.equal(await open(noor, { exp: 1 }), 401);
    scene.bot.breakStore();
    for (const path of readings('unknown')) await get(path, tokens[0] ?? '');
    const secrets = [...canariesOf(noor), ...tokens.flatMap((token) => canaryOf('token', token))];
    const signatures = tokens.flatMap((token) => canaryOf('signature', token.split('.')[2] ?? ''));
    const places: [string, Buffer | string][] = [
      ['log', scene.bot.lines.join('')],
      ...filesIn(scene.bot.folder)
        .filter(({ file }) => file !== 'directory.json')
        .map(({ file, bytes }): [string, Buffer] => [file, bytes]),
    ];
    assert.ok(places.length > 2 && scene.bot.lines.length > 0, 'the premise: there are files and lines');
    const found = places.flatMap(([place, bytes]) =>
      foundIn(bytes, [...secrets, ...signatures]).map((name) => `${place}: ${name}`),
    );
    assert.deepEqual(found, []);
  });
});
