import MiniSearch from 'minisearch';
import type { Findable, Search, Wanted } from '../../bot/app/search.ts';
import { makeAnswers } from '../../bot/app/answers.ts';
import type { AnsweredQuestion } from '../../bot/domain/question.ts';
import { ask } from '../../bot/domain/life.ts';
import { fold } from '../../bot/domain/words.ts';
import { makeSearch } from '../../bot/store/search.ts';
import { ines } from '../support/cast.ts';
import { seeded } from '../support/chance.ts';
import { measure, rowsOf, type Subject } from './rounds.ts';
import { openStage } from './stage.ts';
import { type Goal, type Row, toFigure } from './table.ts';

const THREADS = 10_000;
const PACE = { rounds: 10, sliceMs: 200, warmUp: 50, lastRoundMs: 30_000 };
const GOAL: Goal = { p99Under: 100, why: 'nobody waits for a letter' };

const SYLLABLES =
  'an be ge ver wir ar beit lohn auf steig büro kan ti ne park platz ur laub füh rung kraft team ziel plan markt kun de pro dukt zeit home of fice mei nung frage stra te gie'.split(
    ' ',
  );

/** Threads of words that are as unevenly common as those of a language, the same in each run. */
function corpus(): { threads: Findable[]; word: () => string } {
  const random = seeded(7);
  const pick = <One>(from: readonly One[], share = random()): One => from[Math.floor(from.length * share)] as One;
  const vocabulary = Array.from({ length: 20_000 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(SYLLABLES)).join(''),
  );
  const word = () => pick(vocabulary, random() ** 3);
  const text = (length: number) => Array.from({ length }, word).join(' ');
  const threads = Array.from({ length: THREADS }, (_, n) => ({
    id: String(n).padStart(22, '0'),
    leader: ines.aadObjectId,
    topic: '',
    since: `2026-${String(1 + (n % 12)).padStart(2, '0')}-01`,
    votes: n % 41,
    helped: n % 17,
    asked: text(40),
    said: text(120),
  }));
  return { threads, word };
}

/** The library that was looked at, set up to find the same. */
function makeMiniSearch(): Search {
  const index = new MiniSearch<Findable>({ fields: ['asked', 'said'], processTerm: fold });
  return {
    put: (thread) => index.add(thread),
    drop: (id) => index.discard(id),
    find: ({ words, limit }) =>
      index
        .search(words, {
          prefix: true,
          fuzzy: (term) => (term.length > 3 ? 0.2 : false),
          combineWith: 'AND',
          boost: { asked: 3 },
        })
        .slice(0, limit)
        .map(({ id }) => String(id)),
  };
}

/** What somebody has typed so far: a beginning, two words, or one with a letter left out. */
function typing(word: () => string): () => Wanted {
  let n = 0;
  return () => {
    n += 1;
    const [first, second] = [word(), word()];
    const words =
      [first.slice(0, 3), `${first} ${second.slice(0, 2)}`, first.slice(0, -2) + first.slice(-1)][n % 3] ?? '';
    return { words, by: 'newest', from: 0, limit: 21 };
  };
}

function filled(name: string, search: Search, threads: readonly Findable[]): Row {
  const begun = performance.now();
  for (const thread of threads) search.put(thread);
  return toFigure(`${name}: filled with ${THREADS.toLocaleString('en')} threads`, performance.now() - begun, 'ms');
}

const toQuestion = ({ id, asked, said, votes, since }: Findable): AnsweredQuestion => ({
  ...ask({ id, leader: ines.aadObjectId, words: asked, week: '2026-W48' }),
  state: 'answered',
  votes,
  since,
  deliveries: [],
  answer: { words: said, authorship: { by: 'leader', leader: ines.name }, revision: 1, submission: id },
  publications: [{ channel: 'general', by: 'Kofi', state: 'posted', parts: [] }],
  agreed: [],
});

/** Search while somebody types: by SQLite's index, by the library that was looked at, and as the desk answers. */
export async function searching(folder: string): Promise<Row[]> {
  const { threads, word } = corpus();
  const [ours, theirs] = [makeSearch(), makeMiniSearch()];
  const rows = [filled('search, SQLite FTS5', ours, threads), filled('search, MiniSearch', theirs, threads)];
  const { store } = openStage(folder);
  for (let from = 0; from < THREADS; from += 500)
    await Promise.all(threads.slice(from, from + 500).map((thread) => store.add(toQuestion(thread))));
  const answers = makeAnswers({ store, search: makeSearch(), uptime: () => performance.now() });
  await answers.find({ words: '', by: 'newest', from: 0, limit: 20 });
  const next = typing(word);
  const beside = 'search, SQLite FTS5';
  const subjects: Subject[] = [
    { name: beside, beside, atOnce: 1, act: async () => void ours.find(next()) },
    { name: 'search, MiniSearch', beside, atOnce: 1, act: async () => void theirs.find(next()) },
    { name: 'search at the desk', beside, atOnce: 1, act: async () => void (await answers.find(next())), goal: GOAL },
  ];
  try {
    return [...rowsOf(await measure(subjects, PACE)), ...rows];
  } finally {
    await store.close();
  }
}
