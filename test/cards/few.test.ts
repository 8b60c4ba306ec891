import assert from 'node:assert/strict';
import { mineList, myQuestion } from '../../bot/cards/asker.ts';
import { blockCard } from '../../bot/cards/blocking.ts';
import { render, type View } from '../../bot/cards/cards.ts';
import { curateCard } from '../../bot/cards/curator.ts';
import { queueList, questionCard } from '../../bot/cards/leader.ts';
import { partPost, questionsList, registerList, rootPost } from '../../bot/cards/reader.ts';
import { speak } from '../../bot/cards/say.ts';
import { decline } from '../../bot/domain/life.ts';
import type { DeclinedQuestion } from '../../bot/domain/question.ts';
import { parseDirectory } from '../../bot/directory-file.ts';
import { must } from '../support/app.ts';
import { directoryJson } from '../support/cast.ts';
import { answered, INES, KOFI, open, published } from '../support/questions.ts';

const directory = parseDirectory(JSON.stringify(directoryJson()));
const say = speak('en');
const [leader] = directory.leaders;

/** Every card on which a question with votes can stand, for whoever sees it; a page of three beside their total. */
function cardsWith(votes: readonly [number, number, number]): View[] {
  assert.ok(leader);
  const questions = votes.map((each, at) => open({ id: `question ${at}`, votes: each }));
  const page = { leader, questions, total: questions.length, voted: new Set(['question 0']) };
  const isDeclined = questions.map((question) => must(decline(question, 'respect')) as DeclinedQuestion);
  return [
    questionsList(say, directory, page, ''),
    queueList(say, page, INES, false),
    queueList(say, page, 'devi', true),
    registerList(say, directory, { ...page, questions: isDeclined }),
    mineList(say, directory, questions),
    ...questions.flatMap((question) => [
      questionCard(say, directory, question, { reader: INES }),
      myQuestion(say, directory, question),
      curateCard(say, directory, answered(question), { channels: [] }),
      rootPost(say, directory, question),
      partPost(say, published(answered(question)), 'answer'),
    ]),
    ...isDeclined.map((question) => blockCard(say, directory, question, KOFI)),
  ];
}

const shown = (votes: readonly [number, number, number]): string[] =>
  cardsWith(votes).map((view) => JSON.stringify(render(view)));

describe('a small number of votes', () => {
  it('reads the same whatever it is, on every card, whatever the others beside it are', () => {
    const same = shown([1, 1, 1]);
    assert.ok(same.join().includes('Fewer than 5 would ask this too'), 'the premise: votes are told');
    for (const votes of [
      [2, 3, 4],
      [4, 4, 4],
      [4, 1, 2],
    ] as const)
      assert.deepEqual(shown(votes), same);
  });

  it('cannot be worked out from a large one and a total beside it', () => {
    assert.deepEqual(shown([9, 4, 4]), shown([9, 1, 1]));
    assert.ok(shown([9, 1, 1]).join().includes('9 would ask this too'), 'the premise: a large one is told');
  });

  it('is told on the two lists where people choose, and nowhere else', () => {
    const [few, many] = [shown([1, 1, 1]), shown([5, 6, 7])];
    const different = cardsWith([1, 1, 1]).filter((_view, at) => few[at] !== many[at]);
    assert.deepEqual(
      different.map(({ card }) => card),
      ['questions', 'queue', 'queue'],
    );
    assert.ok(few.length > 15, 'the premise: there are many cards');
  });
});
