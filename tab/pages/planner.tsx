import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { isRefused, post, type Refused } from '../api.ts';
import type { PageProps } from '../page-props.ts';
import { Empty } from '../parts/empty.tsx';
import { Failed } from '../parts/failed.tsx';
import { Loading } from '../parts/loading.tsx';
import { Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { saySeveral, type Several } from '../parts/publish-many.tsx';
import { usePolled } from '../polled.ts';
import { go } from '../route.tsx';
import { sayTime } from '../time.ts';
import { say } from '../words.ts';
import { Bar, type Viewed } from './planner/bar.tsx';
import { Calendar } from './planner/calendar.tsx';
import { type Carried, useCarrying } from './planner/carry.ts';
import { dayIn, daysOf, localToday, type Span } from './planner/days.ts';
import { Fill } from './planner/fill.tsx';
import { Leaders } from './planner/leaders.tsx';
import { Pattern } from './planner/pattern.tsx';
import type { Plan, PlanChannel } from './planner/plan.ts';
import { Ready } from './planner/ready.tsx';

const useStyles = makeStyles({
  columns: { display: 'flex', flexWrap: 'wrap', gap: '1.5rem', alignItems: 'start' },
  calendar: { flex: '4 1 32rem', minWidth: 0 },
  aside: { flex: '1 1 14rem', minWidth: 0, display: 'flex', flexDirection: 'column', gap: '1.5rem' },
  carried: {
    position: 'sticky',
    bottom: '0.75rem',
    zIndex: 1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '0.5rem 1rem',
    marginTop: '1rem',
    padding: '0.75rem 1.25rem',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorCompoundBrandStroke}`,
    boxShadow: tokens.shadow8,
  },
  ghost: {
    position: 'fixed',
    top: 0,
    left: 0,
    zIndex: 10,
    maxWidth: '14rem',
    padding: '0.5rem 0.75rem',
    pointerEvents: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorCompoundBrandStroke}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
    fontSize: tokens.fontSizeBase200,
  },
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

/** When which thread goes out, channel by channel. */
export default function Planner({ search }: PageProps) {
  const span: Span = search['view'] === 'month' ? 'month' : 'week';
  const day = dayIn(search['day']) ?? localToday();
  const days = daysOf(span, day);
  const plan = usePolled('/api/slots', { from: days[0] ?? day, to: days.at(-1) ?? day });
  const [last, keep] = useState<Plan>();
  if (plan.state === 'here' && plan.body !== last) keep(plan.body);
  const title = say('shell.planner');
  if (plan.state === 'failed') {
    return (
      <Page title={title}>
        <Failed no={plan.no} again={plan.again} />
      </Page>
    );
  }
  // While another week is on its way the page stays: with the focus, and with what somebody carries there.
  const body = plan.state === 'here' ? plan.body : last;
  if (body === undefined) {
    return (
      <Page title={title}>
        <Loading rows={6} />
      </Page>
    );
  }
  const { channels } = body;
  const channel = channels.find(({ id }) => id === search['channel']) ?? channels.find(hasSlots) ?? channels[0];
  if (channel === undefined) {
    return (
      <Page title={title}>
        <Empty words={say('planner.noChannel')} />
      </Page>
    );
  }
  return <ChannelPlan key={channel.id} {...{ plan: body, channel, span, day, days }} />;
}

const hasSlots = ({ weekly }: PlanChannel): boolean => weekly.length > 0;

function ChannelPlan({ plan, channel, span, day, days }: Viewed) {
  const styles = useStyles();
  const [no, refuse] = useState<Refused>();
  const [told, tell] = useState('');
  const [filled, fill] = useState<Several>();
  const [arrived, arrive] = useState<number>();
  const [open, show] = useState<'pattern' | 'fill'>();
  const act = async (doing: Promise<unknown>, done: string): Promise<void> => {
    const answer = await doing;
    refuse(isRefused(answer) ? answer : undefined);
    if (!isRefused(answer)) tell(done);
  };
  const drop = ({ question: id, words, from }: Carried, at: number): void => {
    if (from === at) return;
    const path = from === undefined ? '/api/questions/:id/schedule' : '/api/questions/:id/reschedule';
    arrive(at);
    const time = sayTime(at, channel.zone);
    void act(post(path, { id, channel: channel.id, at }), say('planner.moved', { words, time }));
  };
  const carrying = useCarrying(drop);
  const { carried } = carrying;
  const turn = (to: Partial<Record<'view' | 'day' | 'channel', string>>): void =>
    go({ page: 'planner', search: { channel: channel.id, view: span, day, ...to } }, { replace: true });
  return (
    <Page
      title={say('shell.planner')}
      lead={say('planner.lead')}
      actions={
        <>
          <Button onClick={() => show('pattern')}>{say('planner.setSlots')}</Button>
          <Button appearance="primary" disabled={!hasSlots(channel)} onClick={() => show('fill')}>
            {say('planner.fill')}
          </Button>
        </>
      }
    >
      <Bar {...{ plan, channel, span, day, days, turn }} />
      {channel.dry && (
        <Notice intent="warning">{say('planner.dry', { time: sayTime(channel.dry.at, channel.zone) })}</Notice>
      )}
      {no && (
        <Notice intent="error" onDismiss={() => refuse(undefined)}>
          {no.words}
        </Notice>
      )}
      {filled && (
        <Notice intent={filled.notDone.length > 0 ? 'warning' : 'success'} onDismiss={() => fill(undefined)}>
          {saySeveral(filled)}
        </Notice>
      )}
      <div className={styles.columns}>
        <div className={styles.calendar}>
          {hasSlots(channel) || channel.planned.length > 0 ? (
            <Calendar {...{ plan, channel, span, day, days, carrying, drop, act, arrived, tell }} />
          ) : (
            <Empty title={say('planner.noSlotsTitle')} words={say('planner.noSlots', { channel: channel.name })}>
              <Button appearance="primary" onClick={() => show('pattern')}>
                {say('planner.setSlots')}
              </Button>
            </Empty>
          )}
        </div>
        <div className={styles.aside}>
          <Ready ready={plan.ready} carrying={carrying} />
          <Leaders />
        </div>
      </div>
      {carried && !carrying.isDragged && (
        <div className={styles.carried}>
          <span>{say('planner.carrying', { words: carried.words })}</span>
          <Button onClick={carrying.cancel}>{say('planner.putBack')}</Button>
        </div>
      )}
      {carrying.isDragged && (
        <div className={styles.ghost} ref={carrying.ghost} aria-hidden="true">
          {carried?.words}
        </div>
      )}
      <p className={styles.unseen} role="status">
        {told}
      </p>
      {open === 'pattern' && <Pattern channel={channel} close={() => show(undefined)} />}
      {open === 'fill' && <Fill channel={channel} close={() => show(undefined)} done={fill} />}
    </Page>
  );
}
