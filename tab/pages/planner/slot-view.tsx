import {
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { type KeyboardEvent, useState } from 'react';
import { post } from '../../api.ts';
import { go } from '../../route.tsx';
import { sayTime } from '../../time.ts';
import { say } from '../../words.ts';
import type { PlanChannel } from './plan.ts';
import type { CalendarGiven } from './given.ts';
import type { Carried } from './carry.ts';

type Planned = PlanChannel['planned'][number];

/** A Slot, with what is planned for it. */
export interface Entry {
  readonly at: number;
  readonly day: string;
  readonly time: string;
  readonly planned?: Planned;
}

const useStyles = makeStyles({
  slot: {
    display: 'block',
    width: '100%',
    padding: '0.375rem 0.5rem',
    textAlign: 'start',
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground1,
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  planned: {
    backgroundColor: tokens.colorBrandBackground2,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
  },
  free: {
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
  },
  target: { border: `1px solid ${tokens.colorCompoundBrandStroke}` },
  over: { backgroundColor: tokens.colorBrandBackground2Pressed },
  carried: { opacity: 0.5 },
  time: { fontWeight: tokens.fontWeightSemibold },
  words: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 3,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
  },
  by: {
    display: 'block',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    textOverflow: 'ellipsis',
    color: tokens.colorNeutralForeground2,
  },
});

interface Given extends CalendarGiven {
  readonly entry: Entry;
  /** The one stop of the whole calendar for the tab key. */
  readonly isStop: boolean;
  readonly focused: () => void;
  /** The id of what explains the keys. */
  readonly hint: string;
  readonly pickUp: (carried: Carried) => void;
  readonly put: (at: number) => void;
}

export const SlotView = (given: Given) =>
  given.entry.planned === undefined ? <Free {...given} /> : <Taken {...given} planned={given.entry.planned} />;

const isSpace = ({ key }: KeyboardEvent): boolean => key === ' ';

function Taken({
  entry,
  planned,
  channel,
  carrying,
  isStop,
  focused,
  hint,
  pickUp,
  act,
}: Given & { planned: Planned }) {
  const styles = useStyles();
  const { question: id, words, leader, topic } = planned;
  const carried: Carried = { question: id, words, from: entry.at };
  const isCarried = carrying.carried?.question === id && carrying.carried.from === entry.at;
  const of = { id, channel: channel.id };
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <button
          type="button"
          className={mergeClasses(styles.slot, styles.planned, isCarried && styles.carried)}
          data-at={entry.at}
          tabIndex={isStop ? 0 : -1}
          aria-describedby={hint}
          onFocus={focused}
          onPointerDown={carrying.grab(carried)}
          onKeyDown={(event) => {
            if (!isSpace(event)) return;
            event.preventDefault();
            if (isCarried) carrying.cancel();
            else pickUp(carried);
          }}
          // A button is pressed when the space bar comes up again.
          onKeyUp={(event) => isSpace(event) && event.preventDefault()}
        >
          <span className={styles.time}>{entry.time}</span>
          <span className={styles.words} dir="auto">
            {words}
          </span>
          <span className={styles.by}>{topic === undefined ? leader : `${leader} · ${topic}`}</span>
        </button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => pickUp(carried)}>{say('planner.move')}</MenuItem>
          <MenuItem onClick={() => go({ page: 'q', id })}>{say('planner.open')}</MenuItem>
          <MenuItem
            onClick={() =>
              void act(
                post('/api/questions/:id/publish', { id, channels: [channel.id] }),
                say('planner.published', { words }),
              )
            }
          >
            {say('publish.publishNow')}
          </MenuItem>
          <MenuItem
            onClick={() => void act(post('/api/questions/:id/unschedule', of), say('planner.takenOff', { words }))}
          >
            {say('publish.takeOff')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** So many threads are offered for a free Slot; the rest is beside the calendar. */
const OFFERED = 8;

function Free({ entry, plan, channel, carrying, isStop, focused, hint, put, drop }: Given) {
  const styles = useStyles();
  const [isOpen, show] = useState(false);
  const isCarrying = carrying.carried !== undefined;
  const look = mergeClasses(
    styles.slot,
    styles.free,
    isCarrying && styles.target,
    carrying.over === entry.at && styles.over,
  );
  const stop = { 'data-at': entry.at, 'data-free': entry.at, tabIndex: isStop ? 0 : -1, onFocus: focused };
  const said = (
    <>
      <span className={styles.time}>{entry.time}</span> {say(isCarrying ? 'planner.putHere' : 'planner.free')}
    </>
  );
  const label = `${sayTime(entry.at, channel.zone)}, ${say(isCarrying ? 'planner.putHere' : 'planner.free')}`;
  // One button for both, so that the focus stays where it is when a thread is picked up.
  return (
    <Menu open={isOpen && !isCarrying} onOpenChange={(_event, { open }) => show(open)}>
      <MenuTrigger disableButtonEnhancement>
        <button
          type="button"
          className={look}
          aria-label={label}
          aria-describedby={hint}
          {...stop}
          onClickCapture={(event) => {
            if (!isCarrying) return;
            event.preventDefault();
            event.stopPropagation();
            put(entry.at);
          }}
        >
          {said}
        </button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {plan.ready.slice(0, OFFERED).map(({ question, words }) => (
            <MenuItem key={question} onClick={() => drop({ question, words }, entry.at)}>
              {words}
            </MenuItem>
          ))}
          {plan.ready.length === 0 && <MenuItem disabled>{say('planner.nothingReady')}</MenuItem>}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
