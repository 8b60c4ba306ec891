import assert from 'node:assert/strict';
import { canaryOf, foundIn } from '../support/canary.ts';
import { CHANNEL, ines, noor, omar, otto } from '../support/cast.ts';
import { type Client, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const SUMMARY = 'A question you follow has an update.';

describe('notices to askers', () => {
  let scene: Scene;
  afterEach(() => scene.close());

  const sent = () =>
    scene.teams.requests.filter(({ body }) => (body as { summary?: string } | undefined)?.summary === SUMMARY);

  async function asks(client: Client, words: string, inputs: Record<string, string> = {}) {
    await client.press(await scene.command(client, 'ask'), 'Send', { words, ...inputs });
    return scene.card(inputs['leader'] === otto.aadObjectId ? otto : ines, words);
  }

  /** Presses a button of a leader's card, fills its form, and waits for the notice that follows. */
  async function notified(leader: Client, title: string, words: string, inputs: Record<string, string>) {
    const before = sent().length;
    const opened = await leader.press(await scene.card(leader.person, words), title);
    await leader.press(opened.card, title === 'Decline' ? 'Decline' : title === 'Later' ? 'Promise' : 'Send', inputs);
    await scene.teams.until(() => sent().length > before);
  }

  const CANARIES = {
    short: 'Xylophagous?',
    long: `Quizzaciously ${'long '.repeat(200)}indeed`,
    answer: 'Brobdingnagian answer',
    back: 'Antediluvian ask-back',
  };

  it('are the same bytes for everybody: whoever asked, whomever, whatever happened', async () => {
    scene = await openScene({ meets: ['noor', 'ines', 'otto', 'omar'] });
    await asks(scene.noor, CANARIES.short);
    await asks(scene.omar, CANARIES.long, { leader: otto.aadObjectId, topic: 'Strategy', signed: 'true' });
    await notified(scene.ines, 'Ask back', CANARIES.short, { words: CANARIES.back });
    await notified(scene.ines, 'Answer', CANARIES.short, { words: CANARIES.answer });
    await notified(scene.otto, 'Decline', 'Quizzaciously', { reason: 'personal' });
    await scene.settled();
    const requests = sent();
    assert.ok(requests.length >= 3, String(requests.length));
    for (const person of [noor, omar])
      assert.ok(
        requests.some(({ path }) => path.includes(person.conversationId)),
        person.name,
      );
    // The SDK's own id of a request is random, and new for each.
    const wires = requests.map(({ method, body, bytes, headers: { 'x-ms-client-request-id': _id, ...headers } }) =>
      JSON.stringify([method, body, bytes, headers]),
    );
    assert.equal(new Set(wires).size, 1, wires.join('\n'));
    const paths = requests.map(({ path }) => path.replace(noor.conversationId, '*').replace(omar.conversationId, '*'));
    assert.equal(new Set(paths).size, 1, paths.join('\n'));
  });

  it('name neither question, leader nor thread, by word or id', async () => {
    scene = await openScene({ meets: ['noor', 'ines', 'kofi'] });
    const card = await asks(scene.noor, CANARIES.short, { topic: 'Strategy' });
    await notified(scene.ines, 'Answer', CANARIES.short, { words: CANARIES.answer });
    const id = JSON.stringify(card).match(/"question":"([\w-]{22})"/)?.[1];
    assert.ok(id, 'the premise: the question has an id');
    const secrets = [
      ...Object.values(CANARIES),
      id,
      ines.name,
      ines.aadObjectId,
      ines.id,
      'Strategy',
      CHANNEL.id,
      noor.name,
    ];
    for (const { body } of sent()) {
      const text = JSON.stringify(body);
      assert.deepEqual(
        secrets.flatMap((secret) => foundIn(text, canaryOf('secret', secret))),
        [],
      );
    }
  });

  it('wait for their batch where one is set, across a restart; the leader and comms have the answer at once', async () => {
    scene = await openScene({ noticeMinutes: 15 });
    const card = await scene.asked(CANARIES.short);
    await scene.answered(card, CANARIES.answer);
    await scene.card(ines, CANARIES.answer);
    await scene.settled();
    await scene.restart();
    await scene.settled();
    assert.deepEqual(sent(), []);
    const list = await scene.command(scene.noor, 'my questions');
    assert.match(textOf(list), /Answered/, 'and whoever looks finds it');
  });
});
