import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { publish } from '../../bot/app/curate.ts';
import { answer, draft, speak } from '../../bot/app/lead.ts';
import { followUp, sign } from '../../bot/app/own.ts';
import { vote } from '../../bot/app/vote.ts';
import { historyOf } from '../../bot/domain/history.ts';
import { type App, channelOf, freshId, must, openApp } from '../support/app.ts';
import { canariesOf, foundIn } from '../support/canary.ts';
import { CHANNEL, devi, everyone, ines, kofi, noor, omar } from '../support/cast.ts';

const WEEK = 7 * 86_400_000;

describe('the change log of a question', () => {
  let app: App;
  beforeEach(async () => {
    app = await openApp();
    await app.store.putChannel(channelOf());
  });
  afterEach(() => app.close());

  /** A life of which each act falls into another week. */
  async function live(): Promise<string> {
    const form = { submission: freshId(), leader: ines.aadObjectId, words: 'Why did we close Lyon?' };
    const { id: question } = must(await ask(app.deps, app.hand(noor), form));
    const say = (words: string) => ({ question, submission: freshId(), words });
    const acts = [
      () => vote(app.deps, app.hand(omar), question, true),
      () => draft(app.deps, devi.aadObjectId, { question, words: 'It was empty.' }),
      () => speak(app.deps, ines.aadObjectId, 'ask-back', say('Which one?')),
      () => followUp(app.deps, app.hand(noor), say('The one by the river.')),
      () => answer(app.deps, ines.aadObjectId, say('It was empty.')),
      () => publish(app.deps, kofi.aadObjectId, question, [CHANNEL.id]),
      () => sign(app.deps, app.hand(noor), question, 'Somebody'),
    ];
    for (const act of acts) {
      app.passes(WEEK);
      must(await act());
      await app.counts();
      await app.delivers(question);
    }
    return question;
  }

  it('holds what each role did, whichever use case did it, and nothing of votes and deliveries', async () => {
    const history = historyOf(await app.question(await live()));
    assert.deepEqual(
      history.map(({ week, role, did }) => `${week} ${role} ${did}`),
      [
        '2026-W48 asker asked',
        '2026-W50 delegate drafted',
        '2026-W51 leader asked-back',
        '2026-W52 asker clarified',
        '2026-W53 leader answered',
        '2027-W01 curator published',
        '2027-W02 asker signed',
      ],
    );
  });

  it('says nothing of who anybody is', async () => {
    const { history, since } = await app.question(await live());
    assert.ok(history !== undefined && history.length > 5);
    for (const entry of history) {
      assert.deepEqual(
        Object.keys(entry).filter((key) => !['week', 'role', 'did', 'channels'].includes(key)),
        [],
      );
      assert.match(entry.week, /^\d{4}-W\d\d$/);
    }
    const text = JSON.stringify({ history, since });
    for (const person of everyone) assert.deepEqual(foundIn(text, canariesOf(person)), []);
  });
});
