import type { Question } from '../domain/question.ts';
import { published, type PublishedThread } from '../domain/published.ts';
import type { Store } from './ports.ts';
import type { Answers, Findable, Search } from './search.ts';

/** Read at once from the store. */
const PAGE = 100;
/** As long as the chat waits for the store. */
const WAIT_MS = 2000;
/** So long nobody looks again for what was published since. */
const FRESH_MS = 2000;
/** So long a thread is found by words that were changed since by another instance. */
const WHOLE_MS = 3_600_000;

interface Needs {
  store: Pick<Store, 'staged' | 'question' | 'within'>;
  search: Search;
  /** Milliseconds that only grow. */
  uptime: () => number;
}

/**
 * Searches the published threads. The search says where to look, the store what stands there: a thread that was taken out,
 * or whose words were changed, is never shown as it was. What is new is looked for when somebody reads, a page at a time.
 */
export function makeAnswers({ store, search, uptime }: Needs): Answers {
  /** What the search knows of each thread: its revision, and how many it helped. */
  const known = new Map<string, string>();
  let [readWhole, readNew] = [-Infinity, -Infinity];
  let reading: Promise<void> | undefined;

  function learn(question: Question): boolean {
    const thread = published(question);
    if (thread === undefined) return false;
    const mark = `${question.revision} ${helpedBy(thread)}`;
    if (known.get(question.id) === mark) return false;
    search.put(findable(thread));
    known.set(question.id, mark);
    return true;
  }

  function forget(id: string): void {
    search.drop(id);
    known.delete(id);
  }

  /** The newest first; where only what is new is wanted, no further than a page that holds nothing of it. */
  async function read(isWhole: boolean): Promise<void> {
    let after: string | undefined;
    do {
      const page = await (isWhole ? store : store.within(WAIT_MS)).staged({ stage: 'published', after, limit: PAGE });
      const learned = page.questions.filter(learn);
      after = isWhole || learned.length > 0 ? page.next : undefined;
      // Between two pages, whoever waits is served.
      await new Promise(setImmediate);
    } while (after !== undefined);
  }

  /** Those who come meanwhile wait for the same look. */
  async function catchUp(): Promise<void> {
    const now = uptime();
    const isWhole = now - readWhole > WHOLE_MS;
    if (!isWhole && now - readNew < FRESH_MS) return;
    reading ??= read(isWhole)
      .then(() => {
        readNew = now;
        if (isWhole) readWhole = now;
      })
      .finally(() => (reading = undefined));
    await reading;
  }

  async function stands(id: string): Promise<PublishedThread | undefined> {
    const question = (await store.within(WAIT_MS).question(id))?.question;
    const thread = question && published(question);
    if (question === undefined || thread === undefined) forget(id);
    else learn(question);
    return thread;
  }

  return {
    read: stands,
    async find(wanted) {
      await catchUp();
      const ids = search.find({ ...wanted, limit: wanted.limit + 1 });
      const found = await Promise.all(ids.slice(0, wanted.limit).map(stands));
      const threads = found.flatMap((thread) => thread?.question ?? []);
      return ids.length > wanted.limit ? { threads, next: wanted.from + wanted.limit } : { threads };
    },
  };
}

const helpedBy = ({ question }: PublishedThread): number => question.reactions?.helped ?? 0;

function findable(thread: PublishedThread): Findable {
  const { question, entries } = thread;
  const { id, leader, topic = '', votes, since = '', words, answer } = question;
  const said = [answer.words, answer.authorship.leader, ...entries.map((entry) => entry.words)];
  const asked = [words, ...(question.wordings ?? []).map((one) => one.words), topic, question.signed ?? ''];
  const text = { asked: asked.join('\n'), said: said.join('\n') };
  return { id, leader, topic, since, votes, helped: helpedBy(thread), ...text };
}
