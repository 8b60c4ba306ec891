import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { ines, noor, otto } from '../support/cast.ts';
import { findButton, partsOf, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const QUESTION = 'Why is the bonus late?';
const valueOf = (card: Parameters<typeof partsOf>[0], id: string) =>
  partsOf(card).find((part) => part['id'] === id)?.['value'];
const wanted = (list: Parameters<typeof textOf>[0]) => /^(.*) would ask this too/m.exec(textOf(list))?.[1] ?? 'none';

describe('leading', () => {
  let scene: Scene;
  beforeEach(async () => void (scene = await openScene()));
  afterEach(() => scene.close());

  it('keeps a draft on the server, on every device', async () => {
    const card = await scene.asked(QUESTION);
    const form = await scene.ines.press(card, 'Answer');
    await scene.ines.press(form.card, 'Save draft', { words: 'Because I forgot' });
    const elsewhere = await scene.ines.press(card, 'Answer');
    assert.equal(valueOf(elsewhere.card, 'words'), 'Because I forgot');
  });

  it('takes a double click on Send as one answer', async () => {
    const form = await scene.ines.press(await scene.asked(QUESTION), 'Answer');
    const seen = await Promise.all([
      scene.ines.press(form.card, 'Send', { words: 'I forgot.' }),
      scene.ines.press(form.card, 'Send', { words: 'I forgot.' }),
    ]);
    for (const { card } of seen) {
      assert.match(textOf(card), /I forgot\./);
      assert.ok(!textOf(card).includes('Corrected'));
    }
  });

  it('replaces an answer only after the leader saw the one that is there', async () => {
    const card = await scene.asked(QUESTION);
    const [phone, desk] = [await scene.ines.press(card, 'Answer'), await scene.ines.press(card, 'Answer')];
    await scene.ines.press(phone.card, 'Send', { words: 'From the phone' });
    const second = await scene.ines.press(desk.card, 'Send', { words: 'From the desk' });
    assert.match(textOf(second.card), /already has an answer\. Replace it with yours\?/);
    assert.match(textOf(second.card), /From the phone/);
    assert.equal(valueOf(second.card, 'words'), 'From the desk');
    const replaced = await scene.ines.press(second.card, 'Replace the answer');
    assert.match(textOf(replaced.card), /From the desk\nWritten by Ines Varandell · Corrected/);
    const stale = await scene.ines.press(second.card, 'Replace the answer', {
      words: 'From the sofa',
      submission: 'B'.repeat(22),
    });
    assert.match(textOf(stale.card), /Replace it with yours\?/);
    assert.match(textOf(stale.card), /From the desk/);
  });

  it('edits the post in place when a published answer is corrected', async () => {
    await scene.answered(await scene.asked(QUESTION), 'On the 5th.');
    await scene.kofi.press(await scene.card({ ...scene.kofi.person }, 'Publish in General'), 'Publish in General');
    await scene.teams.until(() => scene.thread().length === 2);
    const form = await scene.ines.press(await scene.card(ines, 'Correct the answer'), 'Correct the answer');
    await scene.ines.press(form.card, 'Replace the answer', { words: 'On the 6th.' });
    await scene.teams.until(() =>
      textOf(scene.thread()[1]).includes('On the 6th.\nWritten by Ines Varandell · Corrected'),
    );
    assert.equal(scene.thread().length, 2);
  });

  it('turns the card into its answered state everywhere it stands', async () => {
    const card = await scene.asked(QUESTION);
    await scene.ines.says('queue');
    await scene.answered(card, 'Tomorrow.');
    const standing = await scene.teams.until(() => scene.cards(ines).find((one) => textOf(one).includes('Tomorrow.')));
    assert.ok(!textOf(standing).split('\n').includes('Answer'));
    findButton(standing, 'Correct the answer');
  });

  it('declines with a reason; the asker is told, the Register lists it', async () => {
    const card = await scene.asked(QUESTION);
    const form = await scene.ines.press(card, 'Decline');
    const unreasoned = await scene.ines.press(form.card, 'Decline', { words: 'Sorry' });
    assert.match(textOf(unreasoned.card), /Please choose a reason/);
    assert.equal(valueOf(unreasoned.card, 'words'), 'Sorry');
    await scene.ines.press(form.card, 'Decline', { reason: 'confidential', words: 'After January.' });
    await scene.card(noor, 'A question you follow has an update.');
    const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    assert.match(textOf(own.card), /Declined by Ines Varandell: It is confidential for now\nAfter January\./);
    const register = textOf(await scene.command(scene.omar, 'declined'));
    assert.match(
      register,
      /Why is the bonus late\?\nIt is confidential for now\nAfter January\.\nDeclined by Ines Varandell/,
    );
    const late = await scene.ines.press(card, 'Answer');
    assert.match(textOf(late.card), /Declined/);
  });

  it('lists a question about one person without its words', async () => {
    const form = await scene.ines.press(await scene.asked('Why was Maria let go?'), 'Decline');
    await scene.ines.press(form.card, 'Decline', { reason: 'personal' });
    const register = textOf(await scene.command(scene.omar, 'declined'));
    assert.match(register, /words are not shown here, because they are about one person\.\nIt is about one person/);
    assert.ok(!register.includes('Maria'));
  });

  it('shows what was asked back and answered while the leader writes', async () => {
    const card = await scene.asked(QUESTION);
    const back = await scene.ines.press(card, 'Ask back');
    await scene.ines.press(back.card, 'Send', { words: 'Which bonus?' });
    assert.match(textOf(await scene.command(scene.ines, 'queue')), /waits for the person who asked/);
    const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    const form = await scene.noor.press(own.card, 'Answer back');
    await scene.noor.press(form.card, 'Send', { words: 'The yearly one.' });
    const answer = await scene.ines.press(await scene.command(scene.ines, 'queue'), 'Answer');
    assert.match(textOf(answer.card), /You asked back\nWhich bonus\?.*answered back\nThe yearly one\./s);
  });

  it('asks back and hears the answer, still without a name', async () => {
    const card = await scene.asked(QUESTION);
    const form = await scene.ines.press(card, 'Ask back');
    await scene.ines.press(form.card, 'Send', { words: 'Which bonus?' });
    await scene.card(noor, 'A question you follow has an update.');
    const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    const answer = await scene.noor.press(own.card, 'Answer back');
    assert.match(textOf(answer.card), /Which bonus\?/);
    const request = scene.noor.pressing(answer.card, 'Send', { words: 'The yearly one.' });
    await Promise.all([scene.noor.send(request), scene.noor.send(request)]);
    const continued = await scene.card(ines, 'The yearly one.');
    assert.equal(textOf(continued).split('The yearly one.').length, 2, 'said once');
    assert.ok(!textOf(continued).includes('Noor'));
  });

  it('promises a day, which the asker sees; a day that is past is refused', async () => {
    const card = await scene.asked(QUESTION);
    const form = await scene.ines.press(card, 'Later');
    const past = await scene.ines.press(form.card, 'Promise', { day: '2020-01-01' });
    assert.match(textOf(past.card), /Please choose a day from today on/);
    await scene.ines.press(form.card, 'Promise', { day: '2099-12-04' });
    assert.match(textOf(await scene.command(scene.noor, 'my questions')), /Answer promised by 4 December 2099/);
  });

  it('hands a question on; it leaves one queue and enters the other', async () => {
    const card = await scene.asked(QUESTION);
    const form = await scene.ines.press(card, 'Hand on');
    await scene.ines.press(form.card, 'Hand on', { to: otto.aadObjectId });
    await scene.teams.until(() =>
      scene.teams.chatWith(otto).some((message) => textOf(message.card as never).includes(QUESTION)),
    );
    assert.match(textOf(await scene.command(scene.ines, 'queue')), /Nothing waits/);
    assert.match(textOf(await scene.card(ines, 'Handed on to Otto Harrowgate')), /Why is the bonus late/);
    const late = await scene.ines.press(form.card, 'Hand on', { to: otto.aadObjectId });
    assert.match(late.note ?? '', /belongs to someone else/);
  });

  it('loses nothing that was typed when the asker withdrew meanwhile', async () => {
    const form = await scene.ines.press(await scene.asked(QUESTION), 'Answer');
    const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    const confirm = await scene.noor.press(own.card, 'Withdraw');
    await scene.noor.press(confirm.card, 'Withdraw');
    const late = await scene.ines.press(form.card, 'Send', { words: 'An hour of work' });
    assert.match(textOf(late.card), /already withdrawn by the person who asked.*An hour of work/s);
  });

  it('lists the queue most wanted first, in pages', async () => {
    for (let n = 1; n <= 7; n += 1) await scene.asked(`Question number ${n}?`);
    const list = await scene.command(scene.omar, 'questions');
    const sixth = textOf(list).includes('number 6') ? list : (await scene.omar.press(list, 'More')).card;
    const rows = textOf(sixth)
      .split('\n')
      .filter((line) => line.startsWith('Question number'));
    const wanted = rows.at(-1) ?? '';
    const nth = rows.length - 1;
    await scene.omar.press(sixth, 'I’d ask this too', {}, nth);
    const queue = await scene.command(scene.ines, 'queue');
    const shown = textOf(queue)
      .split('\n')
      .filter((line) => line.startsWith('Question number'));
    assert.equal(shown[0], wanted);
    assert.match(textOf(queue), /7 waiting, most wanted first/);
    assert.match(textOf(queue), /Fewer than 5 would ask this too · week of \d+ \w+/);
    const more = await scene.ines.press(queue, 'More');
    const rest = textOf(more.card)
      .split('\n')
      .filter((line) => line.startsWith('Question number'));
    assert.equal(new Set([...shown, ...rest]).size, 7);
  });

  /** Votes are counted behind those who give them: a moment later at most. */
  async function counted(expected: string): Promise<void> {
    for (let look = 0; look < 100; look += 1)
      if (wanted(await scene.command(scene.kaia, 'questions')) === expected) return;
      else await delay(20);
    assert.fail(`It was never counted to ${expected}`);
  }

  it('counts one vote per person, and takes it back', async () => {
    await scene.asked(QUESTION);
    const list = await scene.command(scene.omar, 'questions');
    const request = scene.omar.pressing(list, 'I’d ask this too');
    const [first] = await Promise.all([scene.omar.send(request), scene.omar.send(request), scene.omar.send(request)]);
    assert.match(textOf(first?.card), /Fewer than 5 would ask this too/);
    await scene.devi.press(list, 'I’d ask this too');
    const two = await scene.command(scene.omar, 'questions');
    assert.match(textOf(two), /Fewer than 5 would ask this too/);
    const back = await scene.omar.press(two, 'Take my vote back');
    assert.match(textOf(back.card), /Fewer than 5 would ask this too/);
    findButton(back.card, 'I’d ask this too');
    await scene.devi.press(two, 'Take my vote back');
    await counted('none');
  });

  it('says how many from five votes on; below, no card holds the number, its buttons neither', async () => {
    for (let n = 1; n <= 6; n += 1) await scene.asked(`Question number ${n}?`);
    const voters = [scene.omar, scene.devi, scene.otto, scene.ana, scene.kofi];
    const seen: string[] = [];
    for (const voter of voters) {
      await voter.press(await scene.command(voter, 'questions'), 'I’d ask this too');
      if (voter === scene.kofi) await counted('5');
      for (const list of [await scene.command(scene.kaia, 'questions'), await scene.command(scene.ines, 'queue')]) {
        seen.push(wanted(list));
        const { after } = findButton(list, 'More').data as { after: string };
        for (const hidden of [after, Buffer.from(after, 'base64url').toString('latin1')])
          assert.ok(!hidden.includes('2026'), 'A cursor can be read, and with it a number of votes');
      }
    }
    assert.deepEqual(seen, [...Array.from({ length: 8 }, () => 'Fewer than 5'), '5', '5']);
  });

  it('has no queue for who leads nobody', async () => {
    assert.match(textOf(await scene.command(scene.omar, 'queue')), /Only leaders and their delegates have a queue/);
  });
});
