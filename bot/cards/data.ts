import type { Choice, Color, Line, Said, Size } from './texts.ts';

export type { Choice, Color, Line, Said, Size } from './texts.ts';

interface Form {
  hasError: boolean;
  error: string;
}

/** What was found in the words of a form that may show who wrote them, and which kinds of it were shown so far. */
interface Warned {
  warns: boolean;
  found: { what: string; quoted: string }[];
  shown: string;
}

interface OnQuestion extends Form {
  id: string;
  context: Line[];
}

interface Thread {
  id: string;
  size: Size;
  words: Line[];
  meta: string;
  /** The words of others who asked the same. */
  also: Said[];
  before: Said[];
  hasAnswer: boolean;
  answer: Line[];
  authorship: string;
  after: Said[];
}

interface Status {
  heading: string;
  hasStatus: boolean;
  status: string;
  statusColor: Color;
  hasNotNow: boolean;
  notNow: string;
}

interface Declined {
  isDeclined: boolean;
  declined: string;
  declinedWords: Line[];
}

interface Paged {
  leader: string;
  count: string;
  hasMore: boolean;
  after: string;
}

interface ByLeader extends Paged {
  several: boolean;
  leaders: Choice[];
}

/** What each template in `cards/` is filled with. */
export interface CardData {
  welcome: { sections: { title: string; text: string }[]; asks: boolean; leads: boolean };
  'channel-welcome': Record<string, never>;
  ask: Form &
    Warned & {
      submission: string;
      leader: string;
      leaders: Choice[];
      words: string;
      hasTopics: boolean;
      topic: string;
      topics: Choice[];
      signed: 'true' | 'false';
      isSmall: boolean;
      small: string;
      /** A link, in Markdown; empty where there is no page to lead to. */
      privacy: string;
      send: string;
    };
  said: {
    title: string;
    text: string;
    asks: boolean;
    asksAgain: boolean;
    mine: boolean;
    questions: boolean;
    queue: boolean;
  };
  notice: Record<string, never>;
  mine: {
    none: boolean;
    hasMore: boolean;
    from: number;
    questions: { id: string; state: string; color: Color; words: string; meta: string }[];
  };
  'my-question': Thread &
    Declined & {
      heading: string;
      state: string;
      color: Color;
      isStopped: boolean;
      stopped: Line[];
      hasEdit: boolean;
      editReason: string;
      diff: { runs: { text: string; isRemoved: boolean; isAdded: boolean }[] }[];
      edited: Line[];
      proposal: string;
      mayFollowUp: boolean;
      mayClarify: boolean;
      mayAdd: boolean;
      maySign: boolean;
      mayWithdraw: boolean;
    };
  write: OnQuestion &
    Warned & {
      submission: string;
      title: string;
      label: string;
      words: string;
      hint: string;
      send: string;
      verb: string;
      /** What the form is for, so that it cannot turn into something else while it is open. */
      about: string;
      backVerb: string;
    };
  confirm: { id: string; title: string; text: string; yes: string; verb: string; style: 'positive' | 'destructive' };
  question: Thread &
    Status &
    Declined & {
      leader: string;
      mayAnswer: boolean;
      mayDraft: boolean;
      mayReply: boolean;
      mayCorrect: boolean;
      mayHandOn: boolean;
      /** The question that carries this one's words, where the reader may see it. */
      hasInto: boolean;
      into: string;
      seesQueue: boolean;
    };
  answer: OnQuestion & {
    before: Said[];
    submission: string;
    title: string;
    replaces: boolean;
    current: Line[];
    authorship: string;
    label: string;
    words: string;
    hint: string;
    maySend: boolean;
    mayReplace: boolean;
    revision: number;
  };
  decline: OnQuestion & { reason: string; reasons: Choice[]; words: string };
  block: Pick<Thread, 'id' | 'size' | 'words' | 'meta'> &
    Declined & {
      hasStatus: boolean;
      status: string;
      statusColor: Color;
      reason: Line[];
      explains: boolean;
      mayPropose: boolean;
      mayAgree: boolean;
      mayLift: boolean;
    };
  'propose-block': OnQuestion & { days: string; choices: Choice[]; words: string };
  'hand-on': OnQuestion & { leaders: Choice[] };
  later: OnQuestion & { today: string; day: string };
  queue: Paged & {
    heading: string;
    questions: { id: string; words: Line[]; also: Said[]; meta: string; mayAnswer: boolean; mayDraft: boolean }[];
    isLater: boolean;
  };
  questions: ByLeader & {
    here: string;
    questions: { id: string; words: Line[]; also: Said[]; meta: string; mayVote: boolean; voted: boolean }[];
  };
  register: ByLeader & { questions: { words: Line[]; also: Said[]; reason: string; note: Line[]; meta: string }[] };
  curate: Thread &
    Status & {
      publications: PublicationLine[];
      publishTitle: string;
      mayPublish: boolean;
      maySchedule: boolean;
      mayPublishOn: boolean;
      mayChoose: boolean;
      maySetAside: boolean;
    };
  dry: { heading: string; text: string; ready: string };
  deliveries: { none: boolean; hasMore: boolean; count: string; deliveries: StuckLine[] };
  channels: OnQuestion & { chosen: string; channels: Choice[] };
  whole: {
    id: string;
    who: string;
    words: Line[];
    place: string;
    hasNext: boolean;
    next: number;
    hasPrevious: boolean;
    previous: number;
    backVerb: string;
  };
  post: { size: Size; byline: string; words: Line[]; hasMeta: boolean; meta: string; also: Said[] };
  tombstone: { text: string; hasReason: boolean; reason: Line[] };
}

export interface PublicationLine {
  channel: string;
  text: string;
  color: Color;
  unsure: boolean;
  maybeThere: boolean;
  planned: boolean;
  again: string;
  hasLink: boolean;
  link: string;
}

export interface StuckLine {
  id: string;
  key: string;
  about: string;
  what: string;
  state: string;
  why: string;
  color: Color;
  mayLook: boolean;
  maySendAgain: boolean;
  mayDrop: boolean;
}
