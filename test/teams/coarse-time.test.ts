import assert from 'node:assert/strict';
import { join } from 'node:path';
import { canaryOf, filesIn, foundIn } from '../support/canary.ts';
import { ines, noor } from '../support/cast.ts';
import { openScene, type Scene } from '../support/scene.ts';

/** A time as SQLite writes it, to a quarter of a second: the first five of six bytes, most significant first. */
function binary(ms: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(ms, 0, 6);
  return bytes.subarray(0, 5);
}

/** Every moment of a span that stands in the data, in one of the usual notations. */
function timesIn(folder: string, from: number, to: number): string[] {
  const found: string[] = [];
  for (const { file, bytes } of filesIn(join(folder, 'data'))) {
    for (let ms = from; ms <= to; ms += 250) if (bytes.includes(binary(ms))) found.push(`${file}: binary ${ms}`);
    for (let ms = from; ms <= to; ms += 1000) {
      const notations = [String(ms).slice(0, 10), new Date(ms).toISOString().slice(0, 16)];
      for (const text of notations) if (foundIn(bytes, canaryOf(text, text)).length > 0) found.push(`${file}: ${text}`);
    }
  }
  return found;
}

const isInes = ({ path }: { path: string }) => path.includes(ines.conversationId);

describe('the time of asking', () => {
  let scene: Scene;
  afterEach(() => scene.close());

  it('stands in no byte of the data once the question has arrived, though Teams refused its card at first', async () => {
    scene = await openScene();
    scene.teams.fail({ status: 429, headers: { 'retry-after': '1' }, times: 1, match: isInes });
    const from = Date.now();
    const form = await scene.command(scene.noor, 'ask');
    await scene.noor.press(form, 'Send', { words: 'When did you know?' });
    await scene.settled();
    assert.notDeepEqual(timesIn(scene.bot.folder, from, Date.now() + 2000), [], 'the premise: a later try has a time');
    await scene.card(ines, 'When did you know?');
    await scene.settled();
    assert.deepEqual(timesIn(scene.bot.folder, from, Date.now() + 2000), []);
  });

  it('stands in no byte of the data either where the card was given up', async () => {
    scene = await openScene();
    scene.teams.fail({ status: 429, headers: { 'retry-after': '1' }, times: 1, match: isInes });
    scene.teams.fail({ status: 403, times: 1, match: isInes });
    const from = Date.now();
    const form = await scene.command(scene.noor, 'ask');
    await scene.noor.press(form, 'Send', { words: 'When did you know?' });
    const tries = () => scene.teams.requests.filter(({ path, at }) => isInes({ path }) && at >= from).length;
    await scene.teams.until(() => tries() === 2);
    await scene.settled();
    assert.deepEqual(timesIn(scene.bot.folder, from, Date.now() + 2000), []);
  });

  it('stands in no byte of the data where the asker follows up and is notified', async () => {
    scene = await openScene();
    const card = await scene.asked('When did you know?');
    scene.teams.fail({
      status: 429,
      headers: { 'retry-after': '1' },
      times: 1,
      match: ({ path }) => path.includes(noor.conversationId),
    });
    const from = Date.now();
    await scene.answered(card, 'In May.');
    const summaries = () => scene.teams.conversation(noor.conversationId).map(({ activity }) => activity.summary);
    await scene.teams.until(() => summaries().includes('A question you follow has an update.'));
    await scene.settled();
    assert.deepEqual(timesIn(scene.bot.folder, from, Date.now() + 2000), []);
  });
});
