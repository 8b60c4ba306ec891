import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { routes } from '../../bot/http/api/routes.ts';
import { canariesOf, canaryOf, filesIn, foundIn } from '../support/canary.ts';
import { ana, devi, ines, kofi, noor, omar, type Person, TENANT } from '../support/cast.ts';
import { AUDIENCE, bearer } from '../support/desk-api.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { type SignInIssuer, startSignIn } from '../support/sign-in.ts';

const WORDS = 'Why was the canteen closed on a Friday?';

function questionsIn({ bot }: Scene): string[] {
  const db = new DatabaseSync(join(bot.folder, 'data', 'forthright.db'));
  const rows = db.prepare('SELECT id FROM questions').all();
  db.close();
  return rows.map((row) => String(row['id']));
}

/** Every page there is to read, about that question and about Ines. */
const readings = (question: string): string[] =>
  routes
    .filter(({ method }) => method === 'get')
    .flatMap(({ path }) => [question, ines.aadObjectId].map((id) => path.replaceAll(/:\w+/g, id)));

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

  it('shows nobody who asked, whatever they may read', async () => {
    await scene.answered(await scene.asked(WORDS), 'The ovens broke.');
    await scene.settled();
    const [id = ''] = questionsIn(scene);
    assert.notEqual(id, '', 'the premise: her question is there');
    let read = 0;
    for (const who of [omar, ines, devi, kofi, ana])
      for (const path of new Set(readings(id))) {
        const { status, text, headers } = await get(path, issuer.tokenOf(who));
        if (status === 200) read += 1;
        assert.deepEqual(foundIn(text + headers, canariesOf(noor)), [], `${who.name} reads ${path}`);
      }
    assert.ok(read >= 5, 'the premise: everybody could read something');
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
