import { Button, Checkbox, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { isRefused, post, type Refused } from '../api.ts';
import { usePolled } from '../polled.ts';
import { sayTime } from '../time.ts';
import { say } from '../words.ts';
import { Failed } from './failed.tsx';
import { Loading } from './loading.tsx';
import { Notice } from './notice.tsx';
import { InChannel } from './publish/in-channel.tsx';
import type { Channel, Publishing } from './publish/publishing.ts';
import { useStay } from './return.ts';

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', gap: '0.75rem', outlineStyle: 'none' },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    flexDirection: 'column',
    padding: '0.5rem 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  team: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  foot: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '0.75rem' },
  when: { display: 'flex', flexDirection: 'column', gap: '0.25rem' },
});

const NOW = 'now';

/** Where a thread stands, and everything that a curator does about it: now or at a Slot, in one channel or in several. */
export function Publish({ question }: { question: string }) {
  const polled = usePolled('/api/questions/:id/publishing', { id: question });
  if (polled.state === 'failed') return <Failed no={polled.no} again={polled.again} />;
  if (polled.state === 'loading') return <Loading rows={2} />;
  return <Panel publishing={polled.body} key={question} />;
}

/** Channels in which nothing stands or is planned. */
const isFree = ({ name, publication }: Channel): boolean => name !== '' && publication?.isTaken !== true;

function Panel({ publishing }: { publishing: Publishing }) {
  const styles = useStyles();
  const part = useStay<HTMLDivElement>();
  const { question, channels, state, wentOn } = publishing;
  const [chosen, choose] = useState<readonly string[]>();
  const [no, refuse] = useState<Refused>();
  const free = channels.filter(isFree);
  const usual = free.find(({ isDefault }) => isDefault) ?? (free.length === 1 ? free[0] : undefined);
  const isNew = channels.every(({ publication }) => publication === undefined);
  const wanted = free.filter(({ id }) => (chosen ?? (isNew && usual ? [usual.id] : [])).includes(id));
  const act = async (doing: Promise<unknown>): Promise<boolean> => {
    const answer = await doing;
    refuse(isRefused(answer) ? answer : undefined);
    if (!isRefused(answer)) choose(undefined);
    return !isRefused(answer);
  };
  if (state !== 'answered') return <p>{say('publish.notAnswered')}</p>;
  if (channels.length === 0) return <p>{say('publish.noChannel')}</p>;
  const toggle = (id: string) => (isOn: boolean) =>
    choose([...wanted.map((one) => one.id).filter((one) => one !== id), ...(isOn ? [id] : [])]);
  return (
    <div ref={part} tabIndex={-1} className={styles.panel}>
      {wentOn && (
        <Notice>
          {say('publish.wentOn')}{' '}
          <Button size="small" onClick={() => void act(post('/api/questions/:id/publish-on', { id: question }))}>
            {say('publish.rest')}
          </Button>
        </Notice>
      )}
      <ul className={styles.list}>
        {channels.map((channel) => (
          <li key={channel.id} className={styles.row}>
            {isFree(channel) ? (
              <Checkbox
                label={<Named channel={channel} />}
                checked={wanted.includes(channel)}
                onChange={(_event, { checked }) => toggle(channel.id)(checked === true)}
              />
            ) : (
              <Named channel={channel} />
            )}
            <InChannel question={question} channel={channel} act={act} />
          </li>
        ))}
      </ul>
      {free.length > 0 && <When key={wanted.map(({ id }) => id).join()} {...{ question, wanted, act }} />}
      {no && <Notice intent="error">{no.words}</Notice>}
    </div>
  );
}

function Named({ channel: { name, team } }: { channel: Channel }) {
  const styles = useStyles();
  return (
    <span>
      {name === '' ? say('publish.gone') : name} <span className={styles.team}>{team}</span>
    </span>
  );
}

interface Wanted {
  readonly question: string;
  readonly wanted: readonly Channel[];
  readonly act: (doing: Promise<unknown>) => Promise<boolean>;
}

/** At once, or at a Slot: of one channel any free one, of several each its next. */
function When({ question, wanted, act }: Wanted) {
  const styles = useStyles();
  const [when, choose] = useState(NOW);
  const [isActing, begin] = useState(false);
  const [only] = wanted.length === 1 ? wanted : [];
  const mayPlan = wanted.length > 0 && wanted.every(({ free }) => free.length > 0);
  const go = async (): Promise<void> => {
    begin(true);
    await act(when === NOW ? publishIn(question, wanted) : planIn(question, wanted, Number(when)));
    begin(false);
  };
  return (
    <div className={styles.foot}>
      {mayPlan && (
        <label className={styles.when}>
          {say('publish.when')}
          <Select value={when} onChange={(_event, { value }) => choose(value)}>
            <option value={NOW}>{say('publish.now')}</option>
            {only ? (
              only.free.map((at) => (
                <option key={at} value={at}>
                  {sayTime(at, only.zone ?? 'UTC')}
                </option>
              ))
            ) : (
              <option value="0">{say('publish.eachNext')}</option>
            )}
          </Select>
        </label>
      )}
      <Button
        appearance="primary"
        disabled={wanted.length === 0}
        disabledFocusable={isActing}
        onClick={() => void go()}
      >
        {sayVerb(wanted, when !== NOW)}
      </Button>
    </div>
  );
}

function sayVerb(wanted: readonly Channel[], isPlan: boolean): string {
  const [first] = wanted;
  if (first === undefined) return say('publish.choose');
  if (wanted.length > 1) return say(isPlan ? 'publish.planMany' : 'publish.many', { count: wanted.length });
  return say(isPlan ? 'publish.planIn' : 'publish.in', { channel: first.name });
}

const publishIn = (id: string, wanted: readonly Channel[]): Promise<unknown> =>
  post('/api/questions/:id/publish', { id, channels: wanted.map((channel) => channel.id) });

/** `at` is 0 where each channel takes its own next Slot. */
async function planIn(id: string, wanted: readonly Channel[], at: number): Promise<unknown> {
  let answer: unknown;
  for (const { id: channel, free } of wanted) {
    answer = await post('/api/questions/:id/schedule', { id, channel, at: at || (free[0] ?? 0) });
    if (isRefused(answer)) return answer;
  }
  return answer;
}
