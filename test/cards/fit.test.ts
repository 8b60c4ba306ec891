import assert from 'node:assert/strict';
import { type CardName, render, type View } from '../../bot/cards/cards.ts';
import { curateCard } from '../../bot/cards/curator.ts';
import { queueList, questionCard } from '../../bot/cards/leader.ts';
import { partPost } from '../../bot/cards/reader.ts';
import { speak } from '../../bot/cards/say.ts';
import { toLines } from '../../bot/cards/words.ts';
import { answer } from '../../bot/domain/answer.ts';
import type { Directory } from '../../bot/domain/directory.ts';
import { ask } from '../../bot/domain/life.ts';
import { type AnsweredQuestion, type Question } from '../../bot/domain/question.ts';
import { isRefusal } from '../../bot/domain/refusal.ts';
import { checkWords, LIMITS } from '../../bot/domain/words.ts';
import { buttonsOf, partsOf, textOf } from '../support/client.ts';

const say = speak('en');
const MAX_BYTES = 80 * 1024;
const directory: Directory = {
  leaders: [{ id: 'ines', name: 'Ines', delegates: [] }],
  curators: [],
  admins: [],
  topics: [],
  defaults: {},
};
const asked = (words: string): Question => ask({ id: 'q', leader: 'ines', words, week: '2026-W48' });
const answered = (question: Question, words: string): Question => {
  const sent = answer(question, { words, leader: { id: 'ines', name: 'Ines' }, submission: 's' }, []);
  assert.ok(!isRefusal(sent));
  return sent;
};
const titles = (view: View) => buttonsOf(render(view)).map(({ title }) => title);
const bytes = (view: View): number => Buffer.byteLength(JSON.stringify(render(view)));

const heavy = {
  'a thousand lines of one letter': 'x\n'.repeat(999),
  '2,000 family emoji': '👩‍👩‍👧‍👦'.repeat(2000),
  '2,000 quotes and backslashes': '"\\'.repeat(1000),
  '2,000 Chinese characters': '問'.repeat(2000),
};

describe('a card', () => {
  for (const [name, typed] of Object.entries(heavy)) {
    it(`shows a question of ${name} whole, under 80 KB`, () => {
      const words = checkWords(typed, LIMITS.question);
      assert.ok(typeof words === 'string');
      const card = render(questionCard(say, directory, asked(words), { reader: 'ines' }));
      assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MAX_BYTES);
      const shown = partsOf(card)
        .filter(({ type }) => type === 'TextRun')
        .map(({ text }) => text as string)
        .join('');
      assert.ok(shown.replaceAll(/\s/g, '').includes(words.replaceAll(/\s/g, '')));
    });

    it(`of a queue or a thread stays under 80 KB with ${name}`, () => {
      const words = checkWords(typed, LIMITS.question) as string;
      const page = {
        questions: Array.from({ length: 5 }, () => asked(words)),
        total: 5,
        leader: { id: 'ines', name: 'Ines' },
      };
      assert.ok(bytes(queueList(say, page, 'ines', false)) <= MAX_BYTES);
      const long = answered(asked(words), words.repeat(4));
      assert.ok(bytes(curateCard(say, directory, long, { channels: [] })) <= MAX_BYTES);
      assert.match(textOf(render(curateCard(say, directory, long, { channels: [] }))), /Ines answered/);
    });
  }

  it('is refused a letter with thousands of marks before it is made', () => {
    assert.deepEqual(checkWords(`x${'\u0301'.repeat(30_000)}`, LIMITS.question), { refused: 'too-large' });
  });

  it('says of each text that it cut that it did, and of no other', () => {
    const fits = textOf(render(curateCard(say, directory, answered(asked('Why?'), 'Because.'), { channels: [] })));
    assert.ok(!fits.includes('Shortened here'));
    const family = '👩‍👩‍👧‍👦'.repeat(2000);
    const shown = textOf(render(curateCard(say, directory, answered(asked(family), family), { channels: [] })));
    assert.equal(shown.split('[Shortened here: the whole does not fit into one card.]').length - 1, 2);
  });

  it('leads to the whole of a thread that it cut, and of no other', () => {
    const family = '👩‍👩‍👧‍👦'.repeat(2000);
    assert.ok(
      titles(curateCard(say, directory, answered(asked(family), family), { channels: [] })).includes('Read the whole'),
    );
    assert.ok(
      !titles(curateCard(say, directory, answered(asked('Why?'), 'Because.'), { channels: [] })).includes(
        'Read the whole',
      ),
    );
  });

  it('in a channel holds one text, which is never cut, whatever the characters', () => {
    for (const typed of [
      '問'.repeat(LIMITS.answer),
      `${'"'.repeat(79)}\n`.repeat(100),
      'ब्र'.repeat(LIMITS.answer),
      '👍🏿'.repeat(6000),
    ]) {
      const words = checkWords(typed, LIMITS.answer);
      assert.ok(typeof words === 'string');
      const question = answered(asked('Why?'), words) as AnsweredQuestion;
      const view = partPost(say, question, 'answer');
      assert.ok(bytes(view) <= MAX_BYTES, String(bytes(view)));
      assert.ok(!textOf(render(view)).includes('Shortened here'));
    }
  });

  it('keeps all words where it folds lines', () => {
    const words = Array.from({ length: 100 }, (_, n) => `line ${n}`).join('\n');
    const lines = toLines(words);
    assert.equal(lines.length, 60);
    assert.equal(lines.map(({ text }) => text).join(' '), words.replaceAll('\n', ' '));
  });

  it('never shortens what stands in an input', () => {
    const long = 'y'.repeat(90_000);
    const name: CardName = 'answer';
    const view: View = {
      card: name,
      say,
      data: {
        id: 'q',
        submission: 's',
        title: 't',
        context: toLines('z'.repeat(9000)),
        before: [],
        replaces: false,
        current: [],
        authorship: '',
        label: 'l',
        words: long,
        hint: 'h',
        maySend: true,
        mayReplace: false,
        revision: 0,
        hasError: false,
        error: '',
      },
    };
    const input = partsOf(render(view)).find(({ id }) => id === 'words');
    assert.equal(input?.['value'], long);
  });
});
