import assert from 'node:assert/strict';
import { declineAsCurator } from '../../bot/app/curate.ts';
import { proposeEdit } from '../../bot/app/edit.ts';
import { merge, unmerge } from '../../bot/app/merge.ts';
import type { Deps } from '../../bot/app/ports.ts';
import { REAL } from '../../bot/main.ts';
import { freshId, must } from '../support/app.ts';
import { ines, kofi, noor, omar, type Person } from '../support/cast.ts';
import { textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { seed } from '../support/seeds.ts';

const KOFI = kofi.aadObjectId;
const NOTICE = 'A question you follow has an update.';

describe('merged questions, in the chat', () => {
  let scene: Scene;
  let deps: Deps;
  let a: string;
  let b: string;
  const listen: typeof REAL.listen = (needs, config) => {
    deps = needs.api.deps;
    return REAL.listen(needs, config);
  };
  beforeEach(async () => {
    scene = await openScene({ parts: { listen }, meets: ['noor', 'omar', 'ines', 'kofi'] });
    a = await asks(noor, 'Why did we close Lyon?');
    b = await asks(omar, 'What about the people in Lyon?');
    await scene.settled();
  });
  afterEach(() => scene.close());

  const asks = (by: Person, words: string) => seed(deps, scene.teams.url, { words, by });
  const merges = async () => {
    must(await merge(deps, KOFI, b, a));
    await scene.settled();
  };
  const mine = async (who: 'noor' | 'omar') =>
    (await scene[who].press(await scene.command(scene[who], 'my questions'), 'Open')).card;
  const notices = (person: Person) =>
    scene.teams.conversation(person.conversationId).filter(({ activity }) => activity.summary === NOTICE).length;

  it('stand before the leader on one card, and the other says where it went and leads there', async () => {
    await merges();
    const carries = textOf(await scene.card(ines, 'Also asked, without a name'));
    assert.match(carries, /Why did we close Lyon\?.*Also asked, without a name.*the people in Lyon/s);
    const gone = await scene.card(ines, 'Kofi Tamarisk merged this with a question to Ines Varandell');
    assert.match(textOf((await scene.ines.press(gone, 'Show that question')).card), /Why did we close Lyon/);
  });

  it('are answered once, and each asker is told and reads it under their own words', async () => {
    await merges();
    const told = (times: number) => scene.teams.until(() => [noor, omar].every((one) => notices(one) === times));
    await told(1);
    await scene.answered(await scene.card(ines, 'Why did we close Lyon?'), 'It was empty.');
    await told(2);
    const omars = textOf(await mine('omar'));
    assert.match(omars, /What about the people in Lyon\?.*Also asked.*Why did we close Lyon\?.*It was empty\./s);
  });

  it('stand in the published post, each in its own words, and no more once it is undone', async () => {
    await scene.answered(await scene.card(ines, 'Why did we close Lyon?'), 'It was empty.');
    await scene.kofi.press(await scene.card(kofi, 'Publish in General'), 'Publish in General');
    await scene.teams.until(() => scene.thread().length === 2);
    await merges();
    await scene.teams.until(() => textOf(scene.thread()[0]).includes('the people in Lyon'));
    must(await unmerge(deps, KOFI, b));
    await scene.teams.until(() => !textOf(scene.thread()[0]).includes('the people in Lyon'));
    assert.equal(scene.thread().length, 2, 'the post was changed in its place');
  });

  it('has its words changed from the card of its asker, and never before', async () => {
    const form = {
      question: a,
      submission: freshId(),
      words: 'Why did we close an office?',
      reason: 'It names a place.',
    };
    must(await proposeEdit(deps, KOFI, form));
    await scene.settled();
    assert.doesNotMatch(textOf(scene.cards(ines).at(-1)), /an office/);
    const card = await mine('noor');
    assert.match(textOf(card), /Comms ask whether your words may be changed.*Kofi Tamarisk: It names a place\./s);
    await scene.noor.press(card, 'Agree to these words');
    assert.match(textOf(await scene.card(ines, 'Why did we close an office?')), /Edited with the asker’s consent/i);
  });

  it('that comms decline is told to the leader, and declined by comms to everybody', async () => {
    must(await declineAsCurator(deps, KOFI, { question: a, reason: 'unclear', words: '' }));
    await scene.card(ines, 'Comms declined a question in your queue');
    await scene.card(ines, 'Declined by comms');
    assert.match(textOf(await mine('noor')), /Declined by comms/);
    assert.match(textOf(await scene.command(scene.omar, 'declined')), /Declined by comms/);
  });
});
