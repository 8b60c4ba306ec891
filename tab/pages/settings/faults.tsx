import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { FieldFault } from '../../../bot/http/api/settings.ts';
import { Notice } from '../../parts/notice.tsx';
import { type Key, say } from '../../words.ts';

const WORDS: Record<FieldFault['fault'], Key> = {
  blank: 'settings.faultBlank',
  'no-id': 'settings.faultNoId',
  twice: 'settings.faultTwice',
  'not-a-leader': 'settings.faultNotALeader',
  'not-a-topic': 'settings.faultNotATopic',
  'not-a-day': 'settings.faultNotADay',
  'no-language': 'settings.faultNoLanguage',
  nobody: 'settings.faultNobody',
  'too-long': 'settings.faultTooLong',
  'not-between': 'settings.faultNotBetween',
};

const sayFault = ({ fault, least = 0, most = 0 }: FieldFault): string => say(WORDS[fault], { least, most });

const FaultsContext = createContext<ReadonlyMap<string, string>>(new Map());

/** Has each field below know what is wrong with it. */
export function Faults({ faults, children }: { faults: readonly FieldFault[]; children: ReactNode }) {
  const told = useMemo(() => new Map(faults.map((fault) => [fault.at, sayFault(fault)])), [faults]);
  return <FaultsContext value={told}>{children}</FaultsContext>;
}

/** What is wrong with the field at this place; undefined where nothing is. */
export const useFault = (at: string): string | undefined => useContext(FaultsContext).get(at);

/** Whether anything below this place is wrong. */
export const useFaultBelow = (at: string): boolean =>
  [...useContext(FaultsContext).keys()].some((place) => place.startsWith(`${at}.`));

const useStyles = makeStyles({
  list: { margin: '0.25rem 0 0', paddingInlineStart: '1.25rem' },
  group: { outlineStyle: 'none' },
  link: { minWidth: 0, padding: 0, textAlign: 'start', textDecorationLine: 'underline', color: 'inherit' },
  wrong: { margin: '0.25rem 0 0', color: tokens.colorStatusDangerForeground1, outlineStyle: 'none' },
});

/** A group of which nobody is left says so where it stands. */
export function GroupFault({ at }: { at: string }) {
  const styles = useStyles();
  const wrong = useFault(at);
  return wrong === undefined ? null : (
    <p id={at} tabIndex={-1} className={styles.wrong}>
      {wrong}
    </p>
  );
}

interface Given {
  readonly faults: readonly FieldFault[];
  /** What the field at a place is called. */
  readonly nameOf: (at: string) => string;
  readonly lead: (at: string) => void;
}

/** Where the list of faults is found, however far down somebody pressed Save. */
export const FAULTS = 'faults';

/** Every fault on one screen; each leads to its field. */
export function FaultList({ faults, nameOf, lead }: Given) {
  const styles = useStyles();
  if (faults.length === 0) return null;
  return (
    <div id={FAULTS} tabIndex={-1} className={styles.group}>
      <Notice intent="error">
        {say('settings.faults', { count: faults.length })}
        <ul className={styles.list}>
          {faults.map((fault) => (
            <li key={`${fault.at} ${fault.fault}`}>
              <Button appearance="transparent" size="small" className={styles.link} onClick={() => lead(fault.at)}>
                {nameOf(fault.at)}
              </Button>{' '}
              {sayFault(fault)}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

/** A slow processor draws within so many frames what was asked for. */
const FRAMES = 60;

/** Puts the cursor into a field, once it is drawn. */
export function focusOn(at: string, { isInSight = false } = {}, frames = FRAMES): void {
  requestAnimationFrame(() => {
    const field = document.getElementById(at);
    if (field === null) {
      if (frames > 0) focusOn(at, { isInSight }, frames - 1);
      return;
    }
    if (!isInSight) field.scrollIntoView({ block: 'center' });
    field.focus({ preventScroll: true });
  });
}
