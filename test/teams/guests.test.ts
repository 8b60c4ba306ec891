import assert from 'node:assert/strict';
import { incoming } from '../support/activities.ts';
import { canariesOf, filesIn, foundIn } from '../support/canary.ts';
import { directoryJson, type Person, lena, noor, omar } from '../support/cast.ts';
import { textOf } from '../support/client.ts';
import { post } from '../support/post.ts';
import { openScene, type Scene } from '../support/scene.ts';

const REFUSED = 'Only people of this organisation can ask here. Nothing was kept of what you did.';
const isLookup = ({ method, path }: { method: string; path: string }) => method === 'GET' && path.includes('/members/');

describe('guests and foreign tenants', () => {
  let scene: Scene;
  beforeEach(async () => void (scene = await openScene()));
  afterEach(() => scene.close());

  /** Every byte of database, write-ahead log and keys, and the log. */
  const kept = () => [
    ...filesIn(scene.bot.folder).filter(({ file }) => file !== 'directory.json'),
    { file: 'log', bytes: Buffer.from(scene.bot.lines.join('')) },
  ];
  const traces = (person: Person) =>
    kept().flatMap(({ file, bytes }) => foundIn(bytes, canariesOf(person)).map((name) => `${file}: ${name}`));
  const database = () =>
    Buffer.concat(
      kept()
        .filter(({ file }) => file.startsWith('forthright.db'))
        .map(({ bytes }) => bytes),
    );

  /** Asks, votes, and does whatever else would leave a row. */
  async function triesAll(person: Person, activity: ReturnType<typeof incoming>): Promise<number[]> {
    const question = /"question":"([\w-]{22})"/.exec(JSON.stringify(await scene.command(scene.omar, 'questions')))?.[1];
    const submission = 'AAAAAAAAAAAAAAAAAAAAAA';
    const { leader } = directoryJson().defaults;
    const tries = [
      activity.installs(person),
      activity.isAdded(person),
      activity.says(person, 'ask'),
      activity.says(person, 'Why did you fire my team?'),
      activity.executes(person, 'ask.open'),
      activity.executes(person, 'ask.send', { submission, leader, words: 'Xylophagous' }),
      activity.submits(person, 'ask.send', { submission, leader, words: 'Xylophagous' }),
      activity.executes(person, 'vote.add', { question, leader }),
      activity.executes(person, 'mine.open'),
    ];
    const statuses: number[] = [];
    for (const request of tries) statuses.push((await post(scene.bot.url, request)).status);
    await scene.settled();
    return statuses;
  }

  it('a guest is refused in plain words, by what they typed and by what they pressed', async () => {
    await scene.lena.installs();
    assert.equal(scene.cards(lena).length, 0, 'A guest was welcomed');
    assert.match(textOf(await scene.command(scene.lena, 'ask')), new RegExp(REFUSED));
    const form = await scene.command(scene.noor, 'ask');
    assert.equal((await scene.lena.press(form, 'Send', { words: 'Am I one of you?' })).note, REFUSED);
    const { fetches } = incoming({ serviceUrl: scene.teams.url });
    assert.equal((await scene.lena.send(fetches(lena, 'ask.open'))).note, REFUSED);
    assert.match(textOf(await scene.command(scene.ines, 'queue')), /Nothing waits/);
  });

  it('a guest leaves nothing: not one byte of the database changes', async () => {
    await scene.asked('Is this thing on?');
    await scene.command(scene.omar, 'questions');
    await scene.settled();
    const before = database();
    await triesAll(lena, incoming({ serviceUrl: scene.teams.url }));
    assert.ok(database().equals(before), 'A guest left something in the database');
    assert.deepEqual(traces(lena), []);
    await triesAll(omar, incoming({ serviceUrl: scene.teams.url }));
    assert.ok(!database().equals(before), 'The premise: from anybody else these leave something');
  });

  it('a foreign tenant leaves nothing: not one byte of the database changes, and nothing is sent', async () => {
    await scene.asked('Is this thing on?');
    await scene.command(scene.omar, 'questions');
    await scene.settled();
    const [before, sent] = [database(), scene.teams.requests.length];
    const foreign = incoming({ serviceUrl: scene.teams.url, tenantId: '00000000-dead-4bee-8f00-000000000000' });
    const stranger = {
      ...noor,
      name: 'Zebulon',
      id: '29:1Zebulon' as const,
      aadObjectId: 'f0f0f0f0-0000-4000-8000-0000000000ff',
    };
    const statuses = await triesAll(stranger, foreign);
    assert.deepEqual([...new Set(statuses)], [403]);
    assert.ok(database().equals(before), 'A foreign tenant left something in the database');
    assert.deepEqual(
      kept().filter(({ bytes }) => /Zebulon|f0f0f0f0|00000000-dead/.test(bytes.toString('latin1'))),
      [],
    );
    const toThem = scene.teams.requests.slice(sent).filter(({ path }) => !path.includes(omar.conversationId));
    assert.deepEqual(toThem, []);
  });

  it('people of the organisation are looked up at their first meeting, and not again', async () => {
    const looked = (person: Person) =>
      scene.teams.requests.filter((request) => isLookup(request) && request.path.includes(person.conversationId))
        .length;
    assert.equal(looked(noor), 1);
    await scene.asked('Is this thing on?');
    await scene.restart();
    await scene.command(scene.noor, 'my questions');
    assert.equal(looked(noor), 1);
  });

  it('nobody is let in unseen while the roster cannot be had, and what they typed stays with them', async () => {
    const form = await scene.command(scene.noor, 'ask');
    const armed = scene.teams.fail({ status: 503, match: isLookup, times: 2 });
    const pressed = await scene.omar.press(form, 'Send', { words: 'Let me in' });
    assert.match(pressed.note ?? '', /did not work just now.*your text is still here/);
    assert.match(textOf(await scene.command(scene.omar, 'ask')), /did not work just now/);
    assert.equal(armed.left(), 0);
    assert.deepEqual(traces(omar), []);
    assert.match(textOf(await scene.command(scene.omar, 'ask')), /Your question/);
  });

  it('people whom the directory names are let in by the operator, guests or not', async () => {
    const directory = directoryJson();
    const curators = [...directory.curators, { id: lena.aadObjectId, name: lena.name }];
    await scene.bot.changeDirectory({ ...directory, curators });
    assert.match(textOf(await scene.command(scene.lena, 'ask')), /Your question/);
  });
});
