import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { setTopic } from '../../bot/app/curate.ts';
import { decideEdit, proposeEdit } from '../../bot/app/edit.ts';
import { answer } from '../../bot/app/lead.ts';
import { merge, unmerge } from '../../bot/app/merge.ts';
import { followUp, withdraw } from '../../bot/app/own.ts';
import { vote } from '../../bot/app/vote.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { type App, freshId, must, openApp } from '../support/app.ts';
import { canariesOf, canaryOf, filesIn, foundIn } from '../support/canary.ts';
import { crowd, ines, kofi, noor, omar, type Person } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';

const [INES, KOFI] = [ines.aadObjectId, kofi.aadObjectId];
const [mirela = noor, bram = noor] = crowd;

const says = (question: string, words: string) => ({ question, words, submission: freshId() });

describe('privacy: what comms do with words', () => {
  const folder = useFolder();
  let app: App;
  beforeEach(async () => {
    app = await openApp(openSqlite(folder.file('forthright.db')));
  });
  afterEach(() => app.close());

  const asks = async (person: Person, words: string) =>
    must(await ask(app.deps, app.hand(person), { submission: freshId(), leader: INES, words })).id;

  /** Several people ask the same, vote for each other's, agree, refuse, follow up and take back. */
  async function lives(): Promise<void> {
    const ids = [await asks(noor, 'Why Lyon?'), await asks(mirela, 'Lyon, why?'), await asks(bram, 'Is it Lyon?')];
    const [a = '', b = '', c = ''] = ids;
    for (const person of [noor, omar, ...crowd])
      for (const id of ids) must(await vote(app.deps, app.hand(person), id, true));
    for (const id of [b, c]) must(await merge(app.deps, KOFI, id, a));
    await app.counts();
    for (const [person, id, agrees] of [
      [mirela, b, true],
      [bram, c, false],
    ] as const) {
      const form = { ...says(id, 'Quizzaciously put?'), reason: 'It names a place.' };
      must(await proposeEdit(app.deps, KOFI, form));
      must(await decideEdit(app.deps, app.hand(person), { question: id, proposal: form.submission, agrees }));
    }
    must(await setTopic(app.deps, KOFI, a, 'Culture'));
    must(await answer(app.deps, INES, says(a, 'Because.')));
    must(await followUp(app.deps, app.hand(mirela), says(b, 'And then?')));
    must(await withdraw(app.deps, app.hand(mirela), b));
    must(await unmerge(app.deps, KOFI, c));
    for (const id of ids) await app.delivers(id);
  }

  it('names nobody who asked or voted in any byte of any file, nor to whom cards go', async () => {
    await lives();
    const told = JSON.stringify(app.courier.calls);
    const files = filesIn(folder.path);
    assert.ok(
      files.some(({ bytes }) => bytes.includes('Is it Lyon?')),
      'The premise',
    );
    for (const person of [noor, omar, ...crowd]) {
      assert.deepEqual(foundIn(told, canariesOf(person)), []);
      for (const { file, bytes } of files) assert.deepEqual(foundIn(bytes, canariesOf(person)), [], file);
    }
  });

  it('leaves no byte of what was taken back or agreed away', async () => {
    await lives();
    for (const { file, bytes } of filesIn(folder.path))
      for (const gone of ['Lyon, why?', 'Quizzaciously put?', 'And then?'])
        assert.deepEqual(foundIn(bytes, canaryOf('words', gone)), [], `${file}: ${gone}`);
  });
});
