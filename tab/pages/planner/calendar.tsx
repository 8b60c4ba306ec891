import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useNarrow } from '../../narrow.ts';
import { locale, say } from '../../words.ts';
import type { PlanChannel } from './plan.ts';
import { stopFrom } from './arrows.ts';
import type { Carried } from './carry.ts';
import type { CalendarGiven } from './given.ts';
import { type Entry, SlotView } from './slot-view.tsx';

const useStyles = makeStyles({
  table: { width: '100%', tableLayout: 'fixed', borderCollapse: 'separate', borderSpacing: '0.25rem' },
  head: {
    padding: '0.25rem 0.375rem',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  day: {
    height: '9rem',
    padding: '0.375rem',
    verticalAlign: 'top',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusMedium,
    // Seen in high contrast alone.
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  short: { height: '5.5rem' },
  over: { backgroundColor: tokens.colorNeutralBackground3 },
  number: {
    display: 'block',
    marginBottom: '0.25rem',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  today: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightBold },
  holiday: {
    display: 'block',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    fontStyle: 'italic',
  },
  entries: { display: 'flex', flexDirection: 'column', gap: '0.375rem' },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '1rem' },
  title: { margin: '0 0 0.375rem', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  hint: { margin: '0.5rem 0 0', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

const HINT = 'planner-hint';

/** The Slots of a channel and what is planned for them: a table of days, or a list where there is no room. */
export function Calendar(given: CalendarGiven) {
  const styles = useStyles();
  const { channel, carrying, drop, arrived, tell } = given;
  const isNarrow = useNarrow();
  const around = useRef<HTMLDivElement>(null);
  const entries = entriesOf(channel);
  const at = (slot: number) => around.current?.querySelector<HTMLElement>(`[data-at="${slot}"]`);
  const [current, focus] = useState<number>();
  const stop = entries.some(({ at }) => at === current) ? current : entries[0]?.at;
  const isPlanned = entries.some(({ at, planned }) => at === arrived && planned !== undefined);
  useEffect(() => {
    if (isPlanned && arrived !== undefined) at(arrived)?.focus();
  }, [arrived, isPlanned]);

  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const from = event.target as HTMLElement;
    const { carried } = carrying;
    if (event.key === 'Escape' && carried?.from !== undefined) at(carried.from)?.focus();
    if (from.dataset['at'] === undefined) return;
    const wanted = carried === undefined ? '[data-at]' : `[data-free], [data-at="${from.dataset['at']}"]`;
    const stops = [...(around.current?.querySelectorAll<HTMLElement>(wanted) ?? [])];
    const to = stopFrom(stops, from, event.key);
    if (to === undefined) return;
    event.preventDefault();
    to.focus();
  };
  const pickUp = (carried: Carried): void => {
    carrying.pickUp(carried);
    tell(say('planner.pickedUp', { words: carried.words }));
  };
  const put = (at: number): void => {
    const { carried } = carrying;
    carrying.cancel();
    if (carried) drop(carried, at);
  };
  const view = (entry: Entry) => (
    <SlotView
      key={`${entry.at} ${entry.planned?.question ?? ''}`}
      entry={entry}
      isStop={entry.at === stop}
      focused={() => focus(entry.at)}
      hint={HINT}
      pickUp={pickUp}
      put={put}
      {...given}
    />
  );
  return (
    // Arrow keys go from Slot to Slot; each is a button of its own.
    <div ref={around} onKeyDown={press}>
      {isNarrow ? <List {...{ entries, view, ...given }} /> : <Table {...{ entries, view, ...given }} />}
      <p id={HINT} className={styles.hint}>
        {say(isNarrow ? 'planner.hintTap' : 'planner.hint')}
      </p>
    </div>
  );
}

/** What is planned, and the Slots for which nothing is, in the order of time. */
function entriesOf({ slots, planned }: PlanChannel): Entry[] {
  const taken = new Set(planned.map(({ at }) => at));
  const free = slots.filter(({ at }) => !taken.has(at));
  const all: Entry[] = [...free, ...planned.map((one) => ({ at: one.at, day: one.day, time: one.time, planned: one }))];
  return all.toSorted((a, b) => a.at - b.at);
}

interface Shown extends CalendarGiven {
  readonly entries: readonly Entry[];
  readonly view: (entry: Entry) => React.ReactNode;
}

const holidayOf = ({ plan, channel }: Pick<Shown, 'plan' | 'channel'>, day: string): string | undefined => {
  const named = plan.holidays.find((one) => one.day === day)?.name;
  return named ?? (channel.holidays.includes(day) ? say('planner.holiday') : undefined);
};

function Table({ span, days, day: about, entries, view, ...given }: Shown) {
  const styles = useStyles();
  const all = Array.from({ length: days.length / 7 }, (_, n) => days.slice(7 * n, 7 * n + 7));
  // Of a month that has begun, weeks that are over have nothing to plan.
  const ahead = all.filter((week) => (week.at(-1) ?? '') >= given.channel.today);
  const weeks = ahead.length > 0 ? ahead : all;
  const weekday = new Intl.DateTimeFormat(locale(), { weekday: 'short', timeZone: 'UTC' });
  const { today } = given.channel;
  const isOutside = (day: string): boolean =>
    day < today || (span === 'month' && day.slice(0, 7) !== about.slice(0, 7));
  return (
    <table className={styles.table} aria-label={given.channel.name}>
      <thead>
        <tr>
          {days.slice(0, 7).map((day) => (
            <th key={day} scope="col" className={styles.head}>
              {weekday.format(Date.parse(day))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td
                key={day}
                className={mergeClasses(styles.day, span === 'month' && styles.short, isOutside(day) && styles.over)}
              >
                <span className={mergeClasses(styles.number, day === today && styles.today)}>
                  {sayDate(day)}
                  {day === today && ` · ${say('planner.today')}`}
                </span>
                <Holiday words={holidayOf(given, day)} />
                <div className={styles.entries}>{entries.filter((entry) => entry.day === day).map(view)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Holiday({ words }: { words: string | undefined }) {
  const styles = useStyles();
  return words === undefined ? null : <span className={styles.holiday}>{words}</span>;
}

const sayDate = (day: string): string =>
  new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(day));

/** Days with something to show, one below the other. */
function List({ days, entries, view, ...given }: Shown) {
  const styles = useStyles();
  const long = new Intl.DateTimeFormat(locale(), { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const shown = days.filter((day) => entries.some((one) => one.day === day) || holidayOf(given, day) !== undefined);
  if (shown.length === 0) return <p>{say('planner.noneShown')}</p>;
  return (
    <ul className={styles.list}>
      {shown.map((day) => (
        <li key={day}>
          <h3 className={styles.title}>{long.format(Date.parse(day))}</h3>
          <Holiday words={holidayOf(given, day)} />
          <div className={styles.entries}>{entries.filter((entry) => entry.day === day).map(view)}</div>
        </li>
      ))}
    </ul>
  );
}
