import assert from 'node:assert/strict';
import { EpochGone, SealBroken } from '../../bot/app/ports.ts';
import { useSealing } from './sealing.ts';

const QUESTION = 'kJ8qYw0mT3uVb5nR7xZc1A';

describe('the tags of blocks', () => {
  const sealing = useSealing();

  it('in a Seal are those of its person and week, and nobody else’s', async () => {
    const seal = await sealing.noors.seal(QUESTION);
    const { tags } = await sealing.opener.blockOf(QUESTION, seal);
    assert.equal(new Set(tags).size, 32);
    assert.deepEqual(tags, sealing.noors.blockTags());
    assert.deepEqual(
      tags.filter((tag) => sealing.omars.blockTags().includes(tag)),
      [],
    );
  });

  it('differ from week to week, and those of every week that has keys are looked up', async () => {
    const before = sealing.noors.blockTags();
    await sealing.passWeek();
    const seal = await sealing.noors.seal(QUESTION);
    const { tags } = await sealing.opener.blockOf(QUESTION, seal);
    assert.ok(tags.every((tag) => !before.includes(tag)));
    assert.deepEqual(new Set(sealing.noors.blockTags()), new Set([...before, ...tags]));
  });

  it('open for their own question only, and die with their keys', async () => {
    const seal = await sealing.noors.seal(QUESTION);
    await assert.rejects(sealing.opener.blockOf(`${QUESTION.slice(1)}A`, seal), SealBroken);
    await sealing.destroy(seal.epoch);
    await assert.rejects(sealing.opener.blockOf(QUESTION, seal), EpochGone);
    assert.deepEqual(sealing.noors.blockTags(), []);
  });

  it('come with a mark: the same for one question each time, another for each question, and none of the tags', async () => {
    const other = `${QUESTION.slice(1)}A`;
    const [seal, again, others] = [
      await sealing.noors.seal(QUESTION),
      await sealing.noors.seal(QUESTION),
      await sealing.noors.seal(other),
    ];
    const { mark, tags } = await sealing.opener.blockOf(QUESTION, seal);
    assert.equal((await sealing.opener.blockOf(QUESTION, again)).mark, mark);
    const marks = [mark, (await sealing.opener.blockOf(other, others)).mark];
    const omars = await sealing.opener.blockOf(QUESTION, await sealing.omars.seal(QUESTION));
    assert.equal(new Set([...marks, omars.mark, ...tags]).size, 3 + tags.length);
  });

  it('stand beside no address: what is sent to goes without them', async () => {
    const seal = await sealing.noors.seal(QUESTION);
    assert.deepEqual(Object.keys(await sealing.opener.open(QUESTION, seal)).toSorted(), [
      'conversation',
      'serviceUrl',
      'tenant',
    ]);
  });
});
