import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import type { Refused } from '../../request.ts';
import { say } from '../../words.ts';
import { Row } from './row.tsx';
import { cameFrom } from './came-from.ts';
import { type Row as Question, rowsOf } from './rows.ts';
import { PageReader, usePages, type Wanted } from './stage.ts';

/** About as high as most rows are; each is measured once it is drawn. */
const ROW_PX = 124;
/** Drawn above and below what is seen. */
const OVERSCAN = 6;
/** So near to the end, the next page is read. */
const NEAR = 20;

const useStyles = makeStyles({
  list: {
    position: 'relative',
    overflowY: 'auto',
    overscrollBehavior: 'contain',
    height: '100%',
    outlineStyle: 'none',
  },
  canvas: { position: 'relative', width: '100%', margin: 0 },
  placed: {
    position: 'absolute',
    top: 0,
    insetInlineStart: 0,
    width: '100%',
    boxSizing: 'border-box',
    padding: '0 0.25rem 0.5rem',
  },
  quiet: { margin: 0, padding: '0.75rem', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** What the keys need of a column. */
export interface ColumnHandle {
  readonly rows: () => readonly Question[];
  /** Brings a row into view and gives it the focus. */
  readonly focus: (at: number) => void;
}

interface Given {
  readonly wanted: Wanted;
  readonly label: string;
  readonly isFiltered: boolean;
  /** That the board cannot be shown stands above all columns: once is enough. */
  readonly isToldAbove: boolean;
  readonly claims: ReadonlyMap<string, { readonly by: string; readonly isMine: boolean }>;
  readonly chosen: ReadonlyMap<string, Question>;
  readonly choose: ((row: Question, isChosen: boolean) => void) | undefined;
  readonly handle: RefObject<ColumnHandle | null>;
  readonly className?: string | undefined;
}

/** One stage of the board: as many rows as there are, of which those in view are drawn, and followed. */
export function Column({ wanted, label, isFiltered, isToldAbove, claims, chosen, choose, handle, className }: Given) {
  const styles = useStyles();
  const list = useRef<HTMLDivElement>(null);
  const wantedList = JSON.stringify(wanted);
  const { pages, isOld, read } = usePages(wantedList);
  const [no, fail] = useState<Refused>();
  const placed = useMemo(() => rowsOf(pages), [pages]);
  const virtual = useVirtualizer({
    count: placed.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_PX,
    getItemKey: (at) => placed[at]?.row.question ?? at,
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const hasMore = pages.at(-1)?.next !== undefined;
  const inView = [
    ...(placed.length === 0 ? [0] : []),
    ...placed.slice(first, last + 1).map(({ page }) => page),
    ...(hasMore && last >= placed.length - NEAR ? [pages.length] : []),
  ];
  const followed = isOld ? [0] : [...new Set(inView)];
  useEffect(() => {
    list.current?.scrollTo(0, 0);
  }, [wantedList]);
  useImperativeHandle(handle, () => ({
    rows: () => placed.map(({ row }) => row),
    focus: (at) => {
      virtual.scrollToIndex(at);
      focusRow(list, placed[at]?.row.question ?? '');
    },
  }));
  useEffect(() => {
    const at = cameFrom(
      placed.map(({ row }) => row.question),
      Date.now(),
    );
    if (at !== undefined) handle.current?.focus(at);
  }, [placed, handle]);
  return (
    <div ref={list} className={mergeClasses(styles.list, className)} aria-busy={isOld}>
      {followed.map((page) => (
        <PageReader
          key={`${page} ${wantedList}`}
          wanted={wanted}
          page={page}
          after={pages[page - 1]?.next}
          read={read}
          fail={fail}
        />
      ))}
      {no !== undefined && !isToldAbove && <Failed no={no} />}
      {pages.length === 0 && no === undefined && <Loading rows={4} />}
      {pages.length > 0 && placed.length === 0 && !hasMore && !isOld && (
        <Empty words={say(isFiltered ? 'board.noneFound' : `board.none_${wanted.stage}`)} />
      )}
      {placed.length > 0 && (
        <Canvas height={virtual.getTotalSize()} label={label}>
          {items.map(({ index, start, key }) => {
            const row = placed[index]?.row;
            if (row === undefined) return null;
            const claim = claims.get(row.question);
            return (
              <Placed
                key={key}
                at={index}
                start={start}
                of={hasMore ? -1 : placed.length}
                measure={virtual.measureElement}
              >
                <Row
                  row={row}
                  stage={wanted.stage}
                  claimed={claim?.by}
                  isMine={claim?.isMine === true}
                  isChosen={chosen.has(row.question)}
                  choose={choose}
                />
              </Placed>
            );
          })}
        </Canvas>
      )}
      {hasMore && isFiltered && <p className={styles.quiet}>{say('board.looking')}</p>}
    </div>
  );
}

/** Drawn a moment after it came into view. */
function focusRow(list: RefObject<HTMLDivElement | null>, question: string, tries = 20): void {
  requestAnimationFrame(() => {
    const link = list.current?.querySelector<HTMLElement>(`[data-question="${CSS.escape(question)}"] a`);
    if (link) link.focus();
    else if (tries > 0) focusRow(list, question, tries - 1);
  });
}

/** As high as all rows. By script, as the policy takes no `style` attribute. */
function Canvas({ height, label, children }: { height: number; label: string; children: React.ReactNode }) {
  const styles = useStyles();
  const canvas = useRef<HTMLDivElement>(null);
  useEffect(() => canvas.current?.style.setProperty('height', `${height}px`), [height]);
  return (
    <div ref={canvas} className={styles.canvas} role="list" aria-label={label}>
      {children}
    </div>
  );
}

type PlacedProps = {
  at: number;
  start: number;
  of: number;
  measure: (node: Element | null) => void;
  children: React.ReactNode;
};

function Placed({ at, start, of, measure, children }: PlacedProps) {
  const styles = useStyles();
  const place = (node: HTMLDivElement | null): void => {
    node?.style.setProperty('transform', `translateY(${start}px)`);
    measure(node);
  };
  return (
    <div ref={place} className={styles.placed} data-index={at} role="listitem" aria-setsize={of} aria-posinset={at + 1}>
      {children}
    </div>
  );
}
