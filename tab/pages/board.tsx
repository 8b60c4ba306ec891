import { Button, makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useDesk } from '../me.ts';
import type { PageProps } from '../page-props.ts';
import { Export } from '../parts/export.tsx';
import { Failed } from '../parts/failed.tsx';
import { Page } from '../parts/page.tsx';
import { usePolled } from '../polled.ts';
import { go } from '../route.tsx';
import { useSettled } from '../settled.ts';
import { useTyped } from '../typed.ts';
import { say, sayNumber } from '../words.ts';
import { type Became, Chosen, WhatBecame } from './board/chosen.tsx';
import { Column, type ColumnHandle } from './board/column.tsx';
import { Filters } from './board/filters.tsx';
import { Help } from './board/help.tsx';
import { useBoardKeys } from './board/use-board-keys.ts';
import { useKeysOn } from './board/keys.ts';
import { comeBack } from './board/came-from.ts';
import { type Row, type Stage, STAGES } from './board/rows.ts';
import type { Wanted } from './board/stage.ts';

/** Side by side where each column still holds a line of words. */
const wide = matchMedia('(min-width: 68rem)');
const watchWide = (changed: () => void): (() => void) => {
  wide.addEventListener('change', changed);
  return () => wide.removeEventListener('change', changed);
};
const TYPING_MS = 250;
/** Counted no further. */
const COUNTED = 100;

const useStyles = makeStyles({
  columns: { display: 'grid', gridTemplateColumns: 'repeat(5, minmax(0, 1fr))', gap: '0.75rem' },
  column: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    padding: '0.5rem 0.25rem 0.25rem',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  head: {
    display: 'flex',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: '0.5rem',
    margin: '0.25rem 0.5rem 0.5rem',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  count: {
    color: tokens.colorNeutralForeground3,
    fontWeight: tokens.fontWeightRegular,
    fontVariantNumeric: 'tabular-nums',
  },
  // What stands above takes about 19rem; nobody wants to scroll a page to scroll a column.
  tall: { height: 'max(20rem, calc(100vh - 19rem))' },
  single: { height: 'max(20rem, calc(100vh - 14rem))' },
  tabs: { marginBottom: '0.5rem', overflowX: 'auto' },
});

/** Where curators see what waits for whom: every question in its stage. */
export default function Board({ search }: PageProps) {
  const { me } = useDesk();
  const [typed, type] = useTyped('board.search', '');
  const words = useSettled(typed, TYPING_MS).trim();
  const { leader = '', topic = '', week = '' } = search;
  const stage = STAGES.find((one) => one === search['stage']) ?? 'waiting';
  const isWide = useSyncExternalStore(watchWide, () => wide.matches);
  const [chosen, choose] = useState<ReadonlyMap<string, Row>>(new Map());
  const [keysOn, turnKeys] = useKeysOn();
  const [isHelping, help] = useState(false);
  const [became, tell] = useState<Became>();
  const [publishing, publish] = useState<{ questions: readonly Row[]; when: 'now' | 'next' }>();
  const searchBox = useRef<HTMLInputElement>(null);
  const handles = useRef(makeHandles()).current;
  const polled = usePolled('/api/board', leader === '' ? {} : { leader });
  const claims = useClaims(polled.state === 'here' ? polled.body.claims : undefined);
  useEffect(() => comeBack(Date.now()), []);
  const isCurator = me.roles.includes('curator');
  const filter = (changed: Record<string, string>): void =>
    go({ page: 'board', search: { ...search, ...changed } }, { replace: true });
  const mark = (row: Row, isChosen: boolean): void =>
    choose((before) => {
      const after = new Map(before);
      if (isChosen) after.set(row.question, row);
      else after.delete(row.question);
      return after;
    });
  const openPublish = (when: 'now' | 'next', current?: Row): void => {
    const questions = chosen.size > 0 ? [...chosen.values()] : current ? [current] : [];
    if (isCurator && questions.length > 0) publish({ questions, when });
  };
  useBoardKeys(keysOn, {
    handles,
    stages: isWide ? STAGES : [stage],
    choose: (row) => isCurator && mark(row, !chosen.has(row.question)),
    publish: openPublish,
    search: () => searchBox.current?.focus(),
    help: () => help(true),
  });
  const isFiltered = [leader, topic, week, words].some((one) => one !== '');
  const column = (of: Stage, label: string) => {
    const wanted: Wanted = { stage: of, leader, topic, week, search: words };
    return (
      <Column
        key={of}
        wanted={wanted}
        label={label}
        isFiltered={isFiltered}
        isToldAbove={polled.state === 'failed'}
        claims={claims}
        chosen={chosen}
        choose={isCurator ? mark : undefined}
        handle={handles[of]}
      />
    );
  };
  // What is filtered by topic, week or words is not counted: the bot would have to read everything.
  const isCounted = [topic, week, words].every((one) => one === '');
  const counts = polled.state === 'here' && isCounted ? polled.body.counts : undefined;
  return (
    <Page
      title={say('board.title')}
      actions={
        <>
          {isCurator && <Export leader={leader} topic={topic} />}
          <Button onClick={() => help(true)}>{say('board.keys')}</Button>
        </>
      }
    >
      <Filters
        me={me}
        search={typed}
        searchBox={searchBox}
        onSearch={type}
        leader={leader}
        topic={topic}
        week={week}
        onFilter={filter}
      />
      {became && <WhatBecame {...became} dismiss={() => tell(undefined)} />}
      {polled.state === 'failed' && <Failed no={polled.no} again={polled.again} />}
      {isWide ? (
        <Columns counts={counts} column={column} />
      ) : (
        <Tabs at={stage} to={filter} counts={counts} column={column} />
      )}
      {isCurator && (
        <Chosen
          chosen={chosen}
          choose={(rows) => choose(new Map(rows.map((row) => [row.question, row])))}
          publishing={publishing}
          publish={openPublish}
          close={() => publish(undefined)}
          tell={tell}
        />
      )}
      {isHelping && <Help isOn={keysOn} turn={turnKeys} close={() => help(false)} />}
    </Page>
  );
}

const makeHandles = (): Record<Stage, { current: ColumnHandle | null }> => ({
  waiting: { current: null },
  answered: { current: null },
  scheduled: { current: null },
  published: { current: null },
  declined: { current: null },
});

type Claims = readonly { readonly question: string; readonly by: string; readonly isMine: boolean }[];
const NO_CLAIMS: Claims = [];

const useClaims = (claims: Claims = NO_CLAIMS) =>
  useMemo(() => new Map(claims.map((claim) => [claim.question, claim])), [claims]);

const sayCount = (count: number | undefined): string =>
  count === undefined ? '' : count >= COUNTED ? `${sayNumber(COUNTED)}+` : sayNumber(count);

interface Shown {
  readonly counts: Readonly<Record<Stage, number>> | undefined;
  readonly column: (stage: Stage, label: string) => React.ReactNode;
}

function Columns({ counts, column }: Shown) {
  const styles = useStyles();
  return (
    <div className={styles.columns}>
      {STAGES.map((stage) => (
        <section key={stage} className={styles.column} aria-labelledby={`stage-${stage}`}>
          <h2 id={`stage-${stage}`} className={styles.head}>
            {say(`board.${stage}`)} <span className={styles.count}>{sayCount(counts?.[stage])}</span>
          </h2>
          <div className={styles.tall}>{column(stage, say(`board.${stage}`))}</div>
        </section>
      ))}
    </div>
  );
}

function Tabs({ at, to, counts, column }: Shown & { at: Stage; to: (search: { stage: Stage }) => void }) {
  const styles = useStyles();
  return (
    <>
      <TabList
        className={styles.tabs}
        aria-label={say('board.title')}
        selectedValue={at}
        onTabSelect={(_event, { value }) => to({ stage: value as Stage })}
      >
        {STAGES.map((stage) => (
          <Tab key={stage} value={stage} id={`tab-${stage}`} aria-controls={stage === at ? 'stage' : undefined}>
            {say(`board.${stage}`)} <span className={styles.count}>{sayCount(counts?.[stage])}</span>
          </Tab>
        ))}
      </TabList>
      <div id="stage" role="tabpanel" aria-labelledby={`tab-${at}`} className={styles.single}>
        {column(at, say(`board.${at}`))}
      </div>
    </>
  );
}
