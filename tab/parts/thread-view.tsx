import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Authorship, Entry } from '../../bot/domain/question.ts';
import { say, sayWeek } from '../words.ts';

/** A thread as readers may see it. The names of its fields are those of the domain. */
export interface ThreadShown {
  /** Verbatim; empty once withdrawn. */
  readonly words: string;
  /** The leader's name. */
  readonly leader: string;
  readonly topic?: string | undefined;
  /** ISO week of the asking. */
  readonly week?: string | undefined;
  readonly signed?: string | undefined;
  /** The asker agreed to other words than those first asked. */
  readonly edited?: true | undefined;
  /** The words of others who asked the same. */
  readonly wordings?: readonly { readonly words: string; readonly signed?: string | undefined }[] | undefined;
  /** How many would ask this too. */
  readonly votes?: number | undefined;
  readonly thread: readonly (Pick<Entry, 'id' | 'kind' | 'words'> & {
    readonly leader?: string | undefined;
    /** Somebody said it who asked the same, and not who asked this. */
    readonly another?: true | undefined;
  })[];
  readonly answer?: { readonly words: string; readonly authorship: Authorship; readonly revision: number } | undefined;
}

const useStyles = makeStyles({
  thread: { display: 'flex', flexDirection: 'column', gap: '1.25rem' },
  meta: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0 0.75rem',
    margin: '0 0 0.25rem',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  who: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold },
  words: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase400,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  question: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  said: {
    paddingInlineStart: '1rem',
    borderInlineStartWidth: '3px',
    borderInlineStartStyle: 'solid',
    borderInlineStartColor: tokens.colorNeutralStroke2,
  },
  leader: { borderInlineStartColor: tokens.colorBrandStroke1 },
  gone: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
});

/** Words of people: as they wrote them, in the direction of their own script. */
export function Verbatim({ words, className }: { words: string; className?: string | undefined }) {
  const styles = useStyles();
  return (
    <p className={mergeClasses(styles.words, className)} dir="auto">
      {words}
    </p>
  );
}

export function sayAuthorship(authorship: Authorship): string {
  if (authorship.by === 'leader') return say('thread.byLeader', { leader: authorship.leader });
  const { leader, delegate, edited } = authorship;
  return say(edited ? 'thread.byDelegateEdited' : 'thread.byDelegate', { leader, delegate });
}

const leadsUp = ({ kind }: Pick<Entry, 'kind'>): boolean => kind === 'ask-back' || kind === 'clarification';
const byLeader = ({ kind }: Pick<Entry, 'kind'>): boolean => kind === 'ask-back' || kind === 'reply';

function sayWho({ kind, leader = '', another }: ThreadShown['thread'][number], isOwn: boolean): string {
  const isMine = isOwn && another === undefined;
  switch (kind) {
    case 'ask-back':
      return say('thread.askBack', { leader });
    case 'clarification':
      if (isMine) return say('thread.youClarified');
      return say(another ? 'thread.another' : 'thread.clarification');
    case 'follow-up':
      if (isMine) return say('thread.youFollowedUp');
      return say(another ? 'thread.anotherFollowUp' : 'thread.followUp');
    case 'reply':
      return say('thread.reply', { leader });
  }
}

/** The whole thread in its order, for its asker or for others: question, what led up to the answer, the answer with its Authorship, what followed. */
export function ThreadView({ thread, isOwn = false }: { thread: ThreadShown; isOwn?: boolean }) {
  const styles = useStyles();
  const { answer } = thread;
  const said = (entry: ThreadShown['thread'][number]) => (
    <Said key={entry.id} who={sayWho(entry, isOwn)} words={entry.words} isLeader={byLeader(entry)} />
  );
  return (
    <article className={styles.thread}>
      <Asked thread={thread} />
      {thread.thread.filter(leadsUp).map(said)}
      {answer && (
        <Said
          who={say('thread.answer')}
          meta={
            <>
              <span>{sayAuthorship(answer.authorship)}</span>
              {answer.revision > 1 && <span>{say('thread.corrected')}</span>}
            </>
          }
          words={answer.words}
          isLeader
        />
      )}
      {thread.thread.filter((entry) => !leadsUp(entry)).map(said)}
    </article>
  );
}

function Asked({ thread }: { thread: ThreadShown }) {
  const { words, leader, topic, week, signed, votes = 0, edited, wordings = [] } = thread;
  const styles = useStyles();
  return (
    <div>
      <p className={styles.meta}>
        <span>{signed === undefined ? say('thread.asked') : say('thread.askedBy', { name: signed })}</span>
        <span>{say('thread.for', { leader })}</span>
        {topic && <span>{topic}</span>}
        {week && <span>{sayWeek(week)}</span>}
        {edited && <span>{say('thread.edited')}</span>}
        {votes > 0 && <span>{say('thread.votes', { count: votes })}</span>}
      </p>
      {words === '' ? (
        <p className={styles.gone}>{say('thread.withdrawn')}</p>
      ) : (
        <Verbatim words={words} className={styles.question} />
      )}
      {wordings.length > 0 && <Wordings wordings={wordings} />}
    </div>
  );
}

/** A merge keeps every wording: nobody's words are changed by it. */
export function Wordings({ wordings }: { wordings: NonNullable<ThreadShown['wordings']> }) {
  const styles = useStyles();
  return (
    <div className={styles.said}>
      <p className={styles.meta}>
        <span className={styles.who}>{say('thread.alsoAsked')}</span>
      </p>
      {wordings.map((wording, at) => (
        <div key={at}>
          {wording.signed && <p className={styles.meta}>{say('thread.askedBy', { name: wording.signed })}</p>}
          <Verbatim words={wording.words} />
        </div>
      ))}
    </div>
  );
}

type SaidProps = { who: string; words: string; isLeader: boolean; meta?: ReactNode };

function Said({ who, words, isLeader, meta }: SaidProps) {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.said, isLeader && styles.leader)}>
      <p className={styles.meta}>
        <span className={styles.who}>{who}</span>
        {meta}
      </p>
      <Verbatim words={words} />
    </div>
  );
}
