import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { decideEdit, proposeEdit } from '../../bot/app/edit.ts';
import { answer } from '../../bot/app/lead.ts';
import { merge, unmerge } from '../../bot/app/merge.ts';
import { followUp, sign, withdraw } from '../../bot/app/own.ts';
import type { Deps } from '../../bot/app/ports.ts';
import { type App, dyingAt, freshId, must, openApp } from '../support/app.ts';
import { ines, kofi, noor, omar, type Person } from '../support/cast.ts';

const [INES, KOFI] = [ines.aadObjectId, kofi.aadObjectId];

/** More saves than any of these acts needs. */
const MOST = 4;

interface Two {
  app: App;
  a: string;
  b: string;
  /** The proposal that waits for the asker of B. */
  proposal: string;
}
type Act = (deps: Deps, two: Two) => Promise<unknown>;
const form = (question: string) => ({ question, submission: 'S'.repeat(22), words: 'And then?' });

/** Each of these is begun with B merged into A, but for the first. */
const ACTS: Record<string, Act> = {
  'a merge': (deps, { a, b }) => merge(deps, KOFI, b, a),
  'its undoing': (deps, { b }) => unmerge(deps, KOFI, b),
  'taking back the merged question': (deps, { app, b }) => withdraw(deps, app.hand(omar), b),
  'taking back the one that carries it': (deps, { app, a }) => withdraw(deps, app.hand(noor), a),
  'a signature under the merged question': (deps, { app, b }) => sign(deps, app.hand(omar), b, omar.name),
  'other words for it': (deps, { app, b, proposal }) =>
    decideEdit(deps, app.hand(omar), { question: b, proposal, agrees: true }),
  'an answer': (deps, { a }) => answer(deps, INES, form(a)),
  'a follow-up of the merged question’s asker': (deps, { app, b }) => followUp(deps, app.hand(omar), form(b)),
};

async function two(name: string): Promise<Two> {
  const app = await openApp();
  const asks = async (person: Person, words: string) =>
    must(await ask(app.deps, app.hand(person), { submission: freshId(), leader: INES, words })).id;
  const [a, b] = [await asks(noor, 'Why Lyon?'), await asks(omar, 'Lyon, why?')];
  const proposal = freshId();
  must(await proposeEdit(app.deps, KOFI, { ...form(b), submission: proposal, words: 'Why there?', reason: 'A name' }));
  if (name !== 'a merge') must(await merge(app.deps, KOFI, b, a));
  if (name.startsWith('a follow-up')) must(await answer(app.deps, INES, form(a)));
  for (const id of [a, b]) await app.delivers(id);
  return { app, a, b, proposal };
}

/** What each document says of the other; words and name, where one carries them. */
async function assertWhole({ app, a, b }: Two, about: string): Promise<void> {
  const [into, merged] = [await app.question(a), await app.question(b)];
  const carried = (into.wordings ?? []).map(({ id, words, signed }) => ({ id, words, signed }));
  const expected = merged.state === 'merged' ? [{ id: b, words: merged.words, signed: merged.signed }] : [];
  assert.deepEqual(carried, expected, about);
  if (merged.state === 'merged') assert.equal(merged.into, a, about);
  if (into.state === 'withdrawn') assert.equal(merged.state, 'open', about);
  const left = [into, merged].flatMap(({ deliveries }) => deliveries.map(({ target }) => target.kind));
  assert.ok(!left.some((kind) => kind === 'wording' || kind === 'release'), about);
}

describe('A bot that dies in the middle of', () => {
  for (const [name, act] of Object.entries(ACTS))
    it(`${name} finds both questions in agreement once it has started again, pressed once more or not`, async () => {
      let died = 0;
      for (let nth = 1; nth <= MOST; nth += 1)
        for (const when of ['before', 'after'] as const)
          for (const pressesAgain of [false, true]) {
            const both = await two(name);
            const { app, a, b } = both;
            const deps = { ...app.deps, store: dyingAt(app.store, 'save', when, nth) };
            const outcome = await act(deps, both).then(
              () => 'done',
              (error: Error) => error.message,
            );
            if (outcome === 'killed') died += 1;
            if (pressesAgain) await act(app.deps, both);
            // Each may owe the other something by what was delivered.
            for (const id of [a, b, a, b]) await app.delivers(id);
            await assertWhole(both, `${name}, save ${nth}, ${when}, again: ${String(pressesAgain)}`);
            await app.close();
          }
      assert.ok(died >= 2, 'the premise: it died');
    });
});
