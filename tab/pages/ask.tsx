import { Button, Field, makeStyles, Switch, Textarea, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { post } from '../api.ts';
import { useDesk } from '../me.ts';
import { Choice } from '../parts/choice.tsx';
import { Empty } from '../parts/empty.tsx';
import { LeaderChoice, leaderShown } from '../parts/leaders.tsx';
import { useLinkStyles } from '../parts/link.ts';
import { Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Warning } from '../parts/warning.tsx';
import { go } from '../route.tsx';
import { type Receipt, useSending } from '../sending.ts';
import { useTyped } from '../typed.ts';
import { say } from '../words.ts';

/** Graphemes, as the server counts them. */
const MOST = 2000;
/** From here on the form says how much room is left. */
const NEAR = 1800;

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '1rem' },
  honest: {
    display: 'flex',
    flexDirection: 'column',
    gap: '0.375rem',
    padding: '0.75rem 1rem',
    borderInlineStartWidth: '3px',
    borderInlineStartStyle: 'solid',
    borderInlineStartColor: tokens.colorPaletteMarigoldBorder2,
    backgroundColor: tokens.colorNeutralBackground3,
    lineHeight: tokens.lineHeightBase400,
    textWrap: 'pretty',
  },
  line: { margin: 0 },
  whom: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 14rem), 1fr))', gap: '0.75rem' },
  words: { '& textarea': { minHeight: '9rem' } },
  acts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.75rem' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

const BLANK = { leader: '', words: '', topic: '', signed: false };

/** The form to ask. What is typed is in the memory of this page alone, until it is sent. */
export default function Ask() {
  const { me } = useDesk();
  const [receipt, give] = useState<Receipt>();
  return (
    <Page title={say('asking.title')} lead={say('asking.lead')} isReading>
      {me.leaders.length === 0 ? (
        <Empty words={say('reading.noLeaders')} />
      ) : receipt === undefined ? (
        <Form onSent={give} />
      ) : (
        <Sent receipt={receipt} again={() => give(undefined)} />
      )}
    </Page>
  );
}

function Form({ onSent }: { onSent: (receipt: Receipt) => void }) {
  const { me } = useDesk();
  const styles = useStyles();
  const [typed, type] = useTyped('ask', BLANK);
  const { isActing, no, found, send } = useSending();
  const leader = leaderShown(me, typed.leader);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { words, topic, signed } = typed;
    const sent = await send((form) =>
      post('/api/ask', { ...form, words, signed, leader: leader?.id ?? '', ...(topic === '' ? {} : { topic }) }),
    );
    if (sent === undefined) return;
    type(BLANK);
    onSent(sent);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <Honest />
      <Whom typed={typed} type={(changed) => type({ ...typed, ...changed })} />
      {leader?.isSmall && <Notice intent="warning">{say('asking.small', { leader: leader.name })}</Notice>}
      <Words value={typed.words} onType={(words) => type({ ...typed, words })} />
      <Switch
        checked={typed.signed}
        disabled={me.name === ''}
        label={me.name === '' ? say('asking.sign') : say('asking.signAs', { name: me.name })}
        onChange={(_event, { checked }) => type({ ...typed, signed: checked })}
      />
      {found.length > 0 && <Warning found={found} />}
      {no && <Notice intent="error">{no.words}</Notice>}
      <div className={styles.acts}>
        <Button type="submit" appearance="primary" disabledFocusable={isActing}>
          {say(found.length > 0 ? 'asking.sendAnyway' : 'asking.send')}
        </Button>
        <span className={styles.quiet}>{say('asking.draft')}</span>
      </div>
    </form>
  );
}

/** The two honest lines, before anything is written. */
function Honest() {
  const styles = useStyles();
  const link = useLinkStyles();
  return (
    <div className={styles.honest}>
      <p className={styles.line}>{say('asking.readable')}</p>
      <p className={styles.line}>{say('asking.unseen')}</p>
      <p className={styles.line}>
        {say('asking.keeps')}{' '}
        <a className={link} href="/privacy" target="_blank" rel="noreferrer">
          {say('asking.more')}
        </a>
      </p>
    </div>
  );
}

type Typed = typeof BLANK;

function Whom({ typed, type }: { typed: Typed; type: (changed: Partial<Typed>) => void }) {
  const { me } = useDesk();
  const styles = useStyles();
  const topicsOf = (id: string): readonly string[] => leaderShown(me, id)?.topics ?? me.topics;
  const topics = topicsOf(typed.leader);
  const choose = (leader: string): void =>
    type({ leader, topic: topicsOf(leader).includes(typed.topic) ? typed.topic : '' });
  return (
    <div className={styles.whom}>
      <LeaderChoice me={me} value={leaderShown(me, typed.leader)?.id ?? ''} onChoose={choose} />
      {topics.length > 0 && (
        <Choice
          label={say('reading.topic')}
          value={typed.topic}
          any={say('asking.noTopic')}
          choices={topics.map((one) => ({ value: one, title: one }))}
          onChoose={(topic) => type({ topic })}
        />
      )}
    </div>
  );
}

function Words({ value, onType }: { value: string; onType: (words: string) => void }) {
  const styles = useStyles();
  const left = value.length < NEAR ? undefined : MOST - [...new Intl.Segmenter().segment(value)].length;
  const hint =
    left === undefined
      ? undefined
      : left < 0
        ? say('asking.tooLong', { count: -left })
        : say('asking.left', { count: left });
  return (
    <Field label={say('asking.question')} required {...(hint === undefined ? {} : { hint })}>
      <Textarea
        className={styles.words}
        value={value}
        placeholder={say('asking.placeholder')}
        resize="vertical"
        size="large"
        dir="auto"
        onChange={(_event, typed) => onType(typed.value)}
      />
    </Field>
  );
}

/** It holds neither the words nor a name: somebody may look over one's shoulder. */
function Sent({ receipt, again }: { receipt: Receipt; again: () => void }) {
  return (
    <div role="status">
      <Empty title={say('asking.sentTitle')} words={say(receipt.isOnItsWay ? 'asking.onItsWay' : 'asking.sent')}>
        <Button appearance="primary" onClick={() => go({ page: 'mine' })}>
          {say('shell.mine')}
        </Button>
        <Button onClick={again}>{say('asking.another')}</Button>
      </Empty>
    </div>
  );
}
