import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { answer, decline, draft, handOn, promise, queue, speak } from '../../bot/app/lead.ts';
import { followUp, withdraw } from '../../bot/app/own.ts';
import { vote } from '../../bot/app/vote.ts';
import { speak as sayIn } from '../../bot/cards/say.ts';
import { sayAuthorship } from '../../bot/cards/words.ts';
import { isRefusal, type Refusal } from '../../bot/domain/refusal.ts';
import { type App, freshId, must, openApp } from '../support/app.ts';
import { ana, devi, ines, kaia, kofi, noor, omar, otto } from '../support/cast.ts';
import { isAnswered } from '../support/questions.ts';

const [INES, OTTO, DEVI] = [ines.aadObjectId, otto.aadObjectId, devi.aadObjectId];

describe('what leaders do', () => {
  let app: App;
  let id: string;
  beforeEach(async () => {
    app = await openApp();
    id = await asks('Why did we close Lyon?');
  });
  afterEach(() => app.close());

  async function asks(words: string, leader = INES): Promise<string> {
    return must(await ask(app.deps, app.hand(noor), { submission: freshId(), leader, words })).id;
  }
  const form = (words = 'I should have come.', submission = freshId()) => ({ question: id, submission, words });
  const drafts = (actor: string, words: string) => draft(app.deps, actor, { question: id, words });
  const authorship = async () => sayAuthorship(sayIn('en'), isAnswered(await app.question(id)).answer.authorship);

  const acts: Record<string, (actor: string) => Promise<unknown>> = {
    answer: (actor) => answer(app.deps, actor, form()),
    decline: (actor) => decline(app.deps, actor, { question: id, reason: 'unclear', words: '' }),
    'ask back': (actor) => speak(app.deps, actor, 'ask-back', form()),
    reply: (actor) => speak(app.deps, actor, 'reply', form()),
    'hand on': (actor) => handOn(app.deps, actor, id, OTTO),
    promise: (actor) => promise(app.deps, actor, id, '2026-12-04'),
  };
  for (const [name, act] of Object.entries(acts)) {
    it(`${name}: a delegate, a colleague, another leader or comms with a forwarded card are refused`, async () => {
      const before = await app.question(id);
      for (const { aadObjectId, name } of [devi, omar, otto, kofi, ana, noor])
        assert.deepEqual(await act(aadObjectId), { refused: 'not-allowed' }, name);
      assert.deepEqual(await app.question(id), before);
    });
  }

  it('loses the role with the directory, at the next press', async () => {
    app.directory = { ...app.directory, leaders: app.directory.leaders.filter((leader) => leader.id !== INES) };
    assert.deepEqual(await answer(app.deps, INES, form()), { refused: 'not-allowed' });
    assert.deepEqual(await drafts(DEVI, 'x'), { refused: 'not-allowed' });
    assert.deepEqual(await queue(app.deps, INES, {}), { refused: 'not-allowed' });
  });

  it('answers in person, and every curator gets a card', async () => {
    const answered = isAnswered(await answer(app.deps, INES, form(' I was wrong.\u202E ')));
    assert.equal(answered.answer.words, 'I was wrong.');
    assert.equal(await authorship(), 'Written by Ines Varandell');
    const curating = answered.places.filter(({ card }) => card === 'curate').map(({ to }) => to);
    assert.deepEqual(curating, [kofi.aadObjectId, kaia.aadObjectId]);
  });

  it('derives authorship from who saved which draft, by the names of the directory', async () => {
    must(await drafts(DEVI, 'We were wrong.'));
    must(await drafts(INES, 'I was wrong.'));
    must(await answer(app.deps, INES, form('I was wrong.')));
    assert.equal(await authorship(), 'Drafted by Devi Ostrakhan, edited and approved by Ines Varandell');
  });

  it('takes a draft from the leader and the delegate alone, and an empty one', async () => {
    for (const { aadObjectId } of [omar, otto, kofi, ana])
      assert.deepEqual(await drafts(aadObjectId, 'x'), { refused: 'not-allowed' });
    for (const actor of [DEVI, INES]) must(await drafts(actor, 'x'));
    must(await drafts(INES, ' \n '));
    const question = await app.question(id);
    assert.ok(question.state === 'open' && question.draft?.words === '');
    assert.deepEqual(await drafts(INES, 'x'.repeat(8001)), { refused: 'too-long', length: 8001, limit: 8000 });
  });

  it('answers once for a double click, and asks before a second device replaces', async () => {
    const same = form();
    await Promise.all([1, 2, 3].map(() => answer(app.deps, INES, same)));
    assert.equal(isAnswered(await app.question(id)).answer.revision, 1);
    const phone = await answer(app.deps, INES, form('From my phone.'));
    assert.deepEqual(phone, { refused: 'replaces', words: 'I should have come.' });
    const replaced = await answer(app.deps, INES, { ...form('From my phone.'), replaces: 1 });
    assert.equal(isAnswered(replaced).answer.revision, 2);
  });

  it('lets only one of two replacements through', async () => {
    must(await answer(app.deps, INES, form()));
    const both = await Promise.all(
      ['One.', 'Two.'].map((words) => answer(app.deps, INES, { ...form(words), replaces: 1 })),
    );
    assert.deepEqual(
      both.map((answered) => isRefusal(answered)),
      [false, true],
    );
    assert.deepEqual(both[1], { refused: 'replaces', words: 'One.' });
  });

  it('refuses words that are blank or too long, and keeps nothing', async () => {
    const before = await app.question(id);
    assert.deepEqual(await answer(app.deps, INES, form('\u200B')), { refused: 'blank' });
    assert.deepEqual(await answer(app.deps, INES, form('x'.repeat(8001))), tooLong(8001, 8000));
    assert.deepEqual(await speak(app.deps, INES, 'ask-back', form(' ')), { refused: 'blank' });
    assert.deepEqual(await speak(app.deps, INES, 'ask-back', form('x'.repeat(4001))), tooLong(4001, 4000));
    const reasonless = { question: id, reason: undefined, words: 'No.' };
    assert.deepEqual(await decline(app.deps, INES, reasonless), { refused: 'no-reason' });
    const long = { question: id, reason: 'unclear' as const, words: 'x'.repeat(501) };
    assert.deepEqual(await decline(app.deps, INES, long), tooLong(501, 500));
    assert.deepEqual(await app.question(id), before);
  });

  it('declines with or without words', async () => {
    const declined = must(await decline(app.deps, INES, { question: id, reason: 'unclear', words: ' \u200B' }));
    assert.ok(declined.state === 'declined');
    assert.deepEqual(declined.decline, { reason: 'unclear', role: 'leader' });
    id = await asks('Another one?');
    const more = must(await decline(app.deps, INES, { question: id, reason: 'personal', words: 'About one person.' }));
    assert.ok(more.state === 'declined' && more.decline.words === 'About one person.');
  });

  it('says each thing once, however often its form comes', async () => {
    const back = form('Which part?');
    for (let times = 0; times < 3; times += 1) must(await speak(app.deps, INES, 'ask-back', back));
    assert.equal((await app.question(id)).thread.length, 1);
    must(await answer(app.deps, INES, form()));
    must(await followUp(app.deps, app.hand(noor), form('And now?')));
    const reply = form('Soon.');
    await Promise.all([1, 2, 3].map(() => speak(app.deps, INES, 'reply', reply)));
    assert.equal((await app.question(id)).thread.length, 3);
  });

  it('promises a day from today on, and the asker is told once', async () => {
    for (const day of ['', 'tomorrow', '2026-02-30', '2026-11-22'])
      assert.deepEqual(await promise(app.deps, INES, id, day), { refused: 'no-day' }, day);
    for (let times = 0; times < 2; times += 1) {
      must(await promise(app.deps, INES, id, '2026-11-23'));
      await app.delivers(id);
    }
    assert.equal(app.courier.texts.filter((text) => text === 'notice').length, 1);
  });

  it('hands on to a leader alone, who then may answer, and no longer the first one', async () => {
    assert.deepEqual(await handOn(app.deps, INES, id, omar.aadObjectId), { refused: 'unknown-leader' });
    must(await handOn(app.deps, INES, id, OTTO));
    for (const act of [() => answer(app.deps, INES, form()), () => handOn(app.deps, INES, id, OTTO)])
      assert.deepEqual(await act(), { refused: 'not-allowed' });
    assert.deepEqual(await drafts(DEVI, 'Devi drafts for Ines alone.'), { refused: 'not-allowed' });
    must(await answer(app.deps, OTTO, form()));
    assert.equal(await authorship(), 'Written by Otto Harrowgate');
  });

  it('hears that the asker withdrew, whatever is sent then', async () => {
    must(await withdraw(app.deps, app.hand(noor), id));
    const withdrawn: Refusal = { refused: 'not-open', state: 'withdrawn' };
    for (const act of Object.values(acts)) assert.deepEqual(await act(INES), withdrawn);
    assert.deepEqual(await drafts(DEVI, 'x'), withdrawn);
    assert.equal((await app.question(id)).words, '');
  });
});

const tooLong = (length: number, limit: number): Refusal => ({ refused: 'too-long', length, limit });

describe('a queue', () => {
  let app: App;
  beforeEach(async () => void (app = await openApp()));
  afterEach(() => app.close());
  const asks = async (words: string, leader = INES) =>
    must(await ask(app.deps, app.hand(noor), { submission: freshId(), leader, words })).id;

  it('shows each open question once, most wanted first, in pages', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) ids.push(await asks(`Question ${n}`));
    must(await vote(app.deps, app.hand(omar), ids[7] ?? '', true));
    await app.counts();
    must(await answer(app.deps, INES, { question: ids[3] ?? '', submission: freshId(), words: 'Yes.' }));
    await asks('For Otto', OTTO);

    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = must(await queue(app.deps, INES, { after }));
      assert.equal(page.total, 11);
      assert.ok(page.questions.length <= 5);
      seen.push(...page.questions.map((question) => question.id));
      after = page.next;
    } while (after !== undefined);
    assert.equal(seen[0], ids[7]);
    assert.deepEqual(seen.toSorted(), ids.filter((_, n) => n !== 3).toSorted());
  });

  it('opens to its leader and the delegate, and to nobody else', async () => {
    await asks('For Ines');
    assert.equal(must(await queue(app.deps, DEVI, {})).leader.id, INES);
    assert.equal(must(await queue(app.deps, OTTO, {})).total, 0);
    assert.deepEqual(await queue(app.deps, OTTO, { leader: INES }), { refused: 'not-allowed' });
    assert.deepEqual(await queue(app.deps, DEVI, { leader: OTTO }), { refused: 'not-allowed' });
    for (const { aadObjectId } of [omar, kofi, ana, noor])
      assert.deepEqual(await queue(app.deps, aadObjectId, {}), { refused: 'not-allowed' });
  });
});
