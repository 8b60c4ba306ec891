import { Button, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { type Output, post } from '../api.ts';
import { useDesk } from '../me.ts';
import { isRefused, type Refused } from '../request.ts';
import { useSending } from '../sending.ts';
import { useTyped } from '../typed.ts';
import { say, sayDay } from '../words.ts';
import { Changes } from './changes.tsx';
import { Confirm } from './confirm.tsx';
import { Notice } from './notice.tsx';
import { ThreadView, Verbatim } from './thread-view.tsx';
import { Warning } from './warning.tsx';

type Own = Output<'get', '/api/mine'>['questions'][number];

const useStyles = makeStyles({
  own: { display: 'flex', flexDirection: 'column', gap: '1rem', marginTop: '1rem' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '0.5rem' },
  proposal: {
    display: 'flex',
    flexDirection: 'column',
    gap: '0.75rem',
    padding: '1rem',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorBrandStroke2}`,
  },
  line: { margin: 0, color: tokens.colorNeutralForeground2 },
  words: { '& textarea': { minHeight: '6rem' } },
});

/** A question of one's own, whole, with what one may do about it. */
export function OwnQuestion({ own }: { own: Own }) {
  const styles = useStyles();
  const { clarify, add, followUp } = own.may;
  const about = clarify || add ? 'clarification' : followUp ? 'follow-up' : undefined;
  return (
    <div className={styles.own}>
      <ThreadView thread={own} isOwn />
      <Proposal own={own} />
      <Declined own={own} />
      {about && <Say key={about} own={own} about={about} isCalled={clarify} />}
      <Steps own={own} />
    </div>
  );
}

function Declined({ own: { declined, leader, stopped, appealTo = '' } }: { own: Own }) {
  return (
    <>
      {declined && (
        <Notice>
          {say(declined.role === 'curator' ? 'mine.declinedByComms' : 'mine.declinedBy', {
            leader,
            reason: say(`reading.${declined.reason}`),
          })}
          {declined.words !== undefined && <Verbatim words={declined.words} />}
        </Notice>
      )}
      {/* Apart from the reason to decline: the leader had no say in this. */}
      {stopped && stopped.lifted === undefined && (
        <Notice intent="warning">
          {say('mine.stopped', { day: sayDay(stopped.until), appealTo, reason: stopped.reason })}
        </Notice>
      )}
      {stopped?.lifted !== undefined && <Notice>{say('mine.lifted', { reason: stopped.lifted })}</Notice>}
    </>
  );
}

/** Comms would like other words, to take a name out perhaps. Nothing changes unless one agrees to these very words. */
function Proposal({ own: { question, edit } }: { own: Own }) {
  const styles = useStyles();
  const [no, refuse] = useState<Refused>();
  if (edit === undefined) return undefined;
  const decide = async (agrees: boolean): Promise<void> => {
    const answer = await post('/api/mine/edit', { question, proposal: edit.proposal, agrees });
    refuse(isRefused(answer) ? answer : undefined);
  };
  return (
    <section className={styles.proposal} aria-label={say('mine.proposal', { name: edit.by })}>
      <p className={styles.line}>{say('mine.proposal', { name: edit.by })}</p>
      {edit.reason !== '' && <Verbatim words={edit.reason} />}
      <Changes changes={edit.changes} />
      <p className={styles.line}>{say('mine.proposalHint')}</p>
      {no && <Notice intent="error">{no.words}</Notice>}
      <div className={styles.acts}>
        <Button appearance="primary" onClick={() => void decide(true)}>
          {say('mine.agree')}
        </Button>
        <Button onClick={() => void decide(false)}>{say('mine.keepMine')}</Button>
      </div>
    </section>
  );
}

type SayProps = { own: Own; about: 'clarification' | 'follow-up'; isCalled: boolean };

/** Answers back, says more, or follows up: a button at first, unless the leader waits for it. */
function Say({ own, about, isCalled }: SayProps) {
  const styles = useStyles();
  const [words, type] = useTyped(`mine ${own.question} ${about}`, '');
  const [isOpen, open] = useState(isCalled || words !== '');
  const { isActing, no, found, send } = useSending();
  const verb = say(about === 'follow-up' ? 'mine.followUp' : isCalled ? 'mine.clarify' : 'mine.add');
  if (!isOpen) {
    return (
      <div>
        <Button appearance="primary" onClick={() => open(true)}>
          {verb}
        </Button>
      </div>
    );
  }
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const sent = await send((form) => post('/api/mine/follow', { ...form, question: own.question, words, about }));
    if (sent === undefined) return;
    type('');
    open(false);
  };
  const hint =
    own.signed === undefined ? say('mine.hint', { leader: own.leader }) : say('mine.hintSigned', { name: own.signed });
  return (
    <form className={styles.own} onSubmit={(event) => void submit(event)} noValidate>
      <Field label={say(about === 'follow-up' ? 'mine.yourFollowUp' : 'mine.yourAnswer')} hint={hint}>
        <Textarea
          className={styles.words}
          value={words}
          resize="vertical"
          dir="auto"
          onChange={(_event, { value }) => type(value)}
        />
      </Field>
      {found.length > 0 && <Warning found={found} />}
      {no && <Notice intent="error">{no.words}</Notice>}
      <div className={styles.acts}>
        <Button type="submit" appearance="primary" disabledFocusable={isActing}>
          {say(found.length > 0 ? 'asking.sendAnyway' : 'asking.send')}
        </Button>
        <Button onClick={() => open(false)}>{say('shell.cancel')}</Button>
      </div>
    </form>
  );
}

/** What cannot be taken back is asked about. */
function Steps({ own: { question, may, leader, standing } }: { own: Own }) {
  const { me } = useDesk();
  const styles = useStyles();
  const [asks, ask] = useState<'sign' | 'withdraw'>();
  if (!may.sign && !may.withdraw) return undefined;
  const isUnseen = standing === 'on-its-way';
  return (
    <div className={styles.acts}>
      {may.sign && me.name !== '' && (
        <Button appearance="subtle" onClick={() => ask('sign')}>
          {say('mine.sign')}
        </Button>
      )}
      {may.withdraw && (
        <Button appearance="subtle" onClick={() => ask('withdraw')}>
          {say('mine.withdraw')}
        </Button>
      )}
      {asks === 'sign' && (
        <Confirm
          title={say('mine.signTitle')}
          verb={say('mine.signAs', { name: me.name })}
          act={() => post('/api/mine/sign', { question })}
          close={() => ask(undefined)}
        >
          {say('mine.signWords')}
        </Confirm>
      )}
      {asks === 'withdraw' && (
        <Confirm
          title={say('mine.withdrawTitle')}
          verb={say('mine.withdraw')}
          act={() => post('/api/mine/withdraw', { question })}
          close={() => ask(undefined)}
        >
          {isUnseen ? say('mine.withdrawUnseen') : say('mine.withdrawWords', { leader })}
        </Confirm>
      )}
    </div>
  );
}
