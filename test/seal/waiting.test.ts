import assert from 'node:assert/strict';
import type { Waiting } from '../../bot/app/waiting.ts';
import { makeSealer } from '../../bot/seal/sealer.ts';
import { checkWords, LIMITS } from '../../bot/domain/words.ts';
import { fresh } from '../store/samples.ts';
import { useSealing } from './sealing.ts';

const asking = (words: string, name = '') =>
  JSON.stringify({ id: fresh(), leader: fresh(), words, topic: 'x'.repeat(60), week: '2026-W48', signed: name });
/** As many characters as a question may have. */
const full = (character: string) => character.repeat(LIMITS.question);
/** The most marks that a question may carry. */
const HEAVIEST = 'e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B'.repeat(2000);

describe('What waits to enter', () => {
  const sealing = useSealing();
  const seal = (text = asking('Why?'), question = fresh()) => sealing.sealer.sealWaiting(question, text);
  const doesNotOpen = (waiting: Waiting) => assert.rejects(() => sealing.sealer.openWaiting(waiting));

  it('opens to what was sealed, after a restart and in the next week too', async () => {
    const text = asking('Why did we close “Lyon”?\n\u{1F600} ');
    const waiting = await seal(text);
    assert.equal(waiting.epoch, '2026-W48');
    assert.equal(await sealing.sealer.openWaiting(waiting), text);
    await sealing.passWeek();
    const restarted = makeSealer(sealing.openKeys(), { now: () => new Date(sealing.now) });
    assert.equal(await restarted.openWaiting(waiting), text);
  });

  it('has one size for every question of 2,000 characters or fewer, in any script, signed or not', async () => {
    const sizes = new Set<number>();
    for (const words of ['?', 'x'.repeat(2000), full('ä'), full('Ж'), full('ש'), full('語'), full('한'), full('ไ')])
      for (const name of ['', 'N'.repeat(200)]) sizes.add((await seal(asking(words, name))).capsule.length);
    assert.equal(sizes.size, 1);
  });

  it('has one other size for those made of emoji and marks, up to the heaviest there may be', async () => {
    assert.equal(checkWords(HEAVIEST, LIMITS.question), HEAVIEST, 'the premise: it may be asked');
    const sizes = new Set<number>();
    for (const words of [HEAVIEST, '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}'.repeat(1000), '"\u{1D504}'.repeat(1900)])
      sizes.add((await seal(asking(words, 'N'.repeat(1000)))).capsule.length);
    assert.equal(sizes.size, 1);
  });

  it('holds nothing in the clear, and never the same bytes twice', async () => {
    const [text, question] = [asking('Xylophagous'), fresh()];
    const [first, second] = [await seal(text, question), await seal(text, question)];
    for (const waiting of [first, second]) {
      assert.ok(!Buffer.from(waiting.capsule, 'base64url').includes('Xylophagous'));
      assert.ok(!JSON.stringify(waiting).includes(question));
    }
    assert.equal(first.id, second.id);
    assert.notEqual(first.capsule, second.capsule);
  });

  it('lies under an id that only the keys lead to: another one for each question and installation, none of a Seal', async () => {
    const question = fresh();
    const other = makeSealer(sealing.openKeys('other.json'), { now: () => new Date(sealing.now) });
    const ids = [
      sealing.sealer.waitingId(question),
      sealing.sealer.waitingId(fresh()),
      other.waitingId(question),
      sealing.sealer.sealId(question),
      question,
    ];
    assert.equal(new Set(ids).size, ids.length);
  });

  it('does not open once changed, moved to another id or epoch, cut off, or elsewhere', async () => {
    const waiting = await seal();
    await sealing.passWeek();
    const next = await seal();
    const bytes = Buffer.from(waiting.capsule, 'base64url');
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await doesNotOpen({ ...waiting, capsule: bytes.toString('base64url') });
    await doesNotOpen({ ...waiting, id: next.id });
    await doesNotOpen({ ...waiting, epoch: next.epoch });
    await doesNotOpen({ ...waiting, capsule: waiting.capsule.slice(0, 100) });
    await doesNotOpen({ ...waiting, epoch: '2020-W01' });
    const other = makeSealer(sealing.openKeys('other.json'), { now: () => new Date(sealing.now) });
    await assert.rejects(() => other.openWaiting(waiting));
  });
});
