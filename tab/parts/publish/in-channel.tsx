import {
  Button,
  Field,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  mergeClasses,
  Spinner,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import {
  CalendarClockRegular,
  CheckmarkCircleRegular,
  DismissCircleRegular,
  WarningRegular,
} from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import { post } from '../../api.ts';
import { useTyped } from '../../typed.ts';
import { sayTime, sayZone } from '../../time.ts';
import { say } from '../../words.ts';
import { Confirm } from '../confirm.tsx';
import { useLinkStyles } from '../link.ts';
import type { Channel } from './publishing.ts';

type Standing = NonNullable<Channel['publication']>;

const useStyles = makeStyles({
  standing: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.25rem 0.75rem', minHeight: '2rem' },
  state: { display: 'inline-flex', alignItems: 'start', gap: '0.375rem', flex: '1 1 14rem' },
  icon: { flexShrink: 0, fontSize: '1.25rem', display: 'inline-flex' },
  good: { color: tokens.colorPaletteGreenForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
  warn: { color: tokens.colorStatusWarningForeground1 },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '0.5rem' },
  reason: { width: '100%' },
});

interface Given {
  readonly question: string;
  readonly channel: Channel;
  readonly act: (doing: Promise<unknown>) => Promise<boolean>;
}

/** How a thread stands in one channel, and what can be done about that. */
export function InChannel({ question, channel, act }: Given) {
  const styles = useStyles();
  const { publication } = channel;
  if (publication === undefined) return null;
  return (
    <div className={styles.standing}>
      <State channel={channel} publication={publication} />
      <div className={styles.acts}>
        <Acts {...{ question, channel, publication, act }} />
      </div>
    </div>
  );
}

function State({ channel, publication }: { channel: Channel; publication: Standing }) {
  const styles = useStyles();
  const link = useLinkStyles();
  const { by, at = 0, retraction, stopped } = publication;
  const told = (icon: ReactNode, words: string, colour?: string): ReactNode => (
    <span className={styles.state} role="status">
      <span className={mergeClasses(styles.icon, colour)}>{icon}</span>
      <span>
        {words}{' '}
        {publication.link !== undefined && (
          <a className={link} href={publication.link} target="_blank" rel="noreferrer">
            {say('publish.see')}
          </a>
        )}
      </span>
    </span>
  );
  if (stopped !== undefined) {
    const words = retraction ? 'publish.notTakenOut' : 'publish.stopped';
    return told(<DismissCircleRegular />, say(words, { why: stopped }), styles.bad);
  }
  switch (publication.state) {
    case 'scheduled': {
      const time = sayTime(at, channel.zone ?? 'UTC');
      return told(<CalendarClockRegular />, say('publish.planned', { time, zone: sayZone(channel.zone ?? 'UTC'), by }));
    }
    case 'posting':
      return told(<Spinner size="extra-tiny" aria-hidden />, say('publish.posting'));
    case 'posted':
      return told(
        publication.isOld ? <WarningRegular /> : <CheckmarkCircleRegular />,
        publication.isOld ? say('publish.old', { by }) : say('publish.posted', { by }),
        publication.isOld ? styles.warn : styles.good,
      );
    case 'uncertain':
      return told(<WarningRegular />, say('publish.uncertain'), styles.warn);
    case 'retracted': {
      const gone = say('publish.retracted', { by: retraction?.by ?? '', reason: retraction?.reason ?? '' });
      return told(<WarningRegular />, publication.mayLinger ? `${gone} ${say('publish.lingers')}` : gone, styles.warn);
    }
  }
}

/** What can be done about a thread in one channel. */
function Acts({ question: id, channel, publication, act }: Given & { publication: Standing }) {
  const [isTakingOut, takeOut] = useState(false);
  const of = { id, channel: channel.id };
  const settle = (saw: 'there' | 'nothing') => () => void act(post('/api/questions/:id/settle', { ...of, saw }));
  const { state, stopped, mayStand, mayLinger } = publication;
  if (state === 'scheduled') return <PlannedActs {...{ question: id, channel, act }} />;
  const again = stopped === undefined ? (mayLinger ? 'publish.looked' : 'publish.again') : 'publish.tryAgain';
  const isOpen = stopped !== undefined || state === 'uncertain' || mayLinger;
  return (
    <>
      {mayStand && (
        <Button size="small" onClick={settle('there')}>
          {say('publish.there')}
        </Button>
      )}
      {isOpen && (
        <Button size="small" onClick={settle('nothing')}>
          {say(again)}
        </Button>
      )}
      {state !== 'retracted' && (
        <Button size="small" appearance="subtle" onClick={() => takeOut(true)}>
          {say('publish.takeOut')}
        </Button>
      )}
      {isTakingOut && <TakeOut {...of} name={channel.name} close={() => takeOut(false)} />}
    </>
  );
}

function PlannedActs({ question: id, channel, act }: Given) {
  const of = { id, channel: channel.id };
  return (
    <>
      <Button size="small" onClick={() => void act(post('/api/questions/:id/publish', { id, channels: [channel.id] }))}>
        {say('publish.publishNow')}
      </Button>
      {channel.free.length > 0 && (
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button size="small">{say('publish.move')}</Button>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {channel.free.map((at) => (
                <MenuItem key={at} onClick={() => void act(post('/api/questions/:id/reschedule', { ...of, at }))}>
                  {sayTime(at, channel.zone ?? 'UTC')}
                </MenuItem>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
      <Button size="small" appearance="subtle" onClick={() => void act(post('/api/questions/:id/unschedule', of))}>
        {say('publish.takeOff')}
      </Button>
    </>
  );
}

interface Taking {
  readonly id: string;
  readonly channel: string;
  readonly name: string;
  readonly close: () => void;
}

/** Asks for the reason, which everybody will read. */
function TakeOut({ id, channel, name, close }: Taking) {
  const styles = useStyles();
  const [reason, write] = useTyped(`retract ${id} ${channel}`, '');
  return (
    <Confirm
      title={say('publish.takeOutTitle', { channel: name })}
      verb={say('publish.takeOutVerb')}
      act={() => post('/api/questions/:id/retract', { id, channel, reason })}
      close={close}
    >
      <p>{say('publish.takeOutWords')}</p>
      <Field label={say('publish.reason')} required>
        <Textarea
          className={styles.reason}
          dir="auto"
          value={reason}
          onChange={(_event, { value }) => write(value)}
          resize="vertical"
        />
      </Field>
    </Confirm>
  );
}
