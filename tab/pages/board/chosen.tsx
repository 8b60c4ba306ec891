import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Output } from '../../api.ts';
import { Notice } from '../../parts/notice.tsx';
import { PublishMany } from '../../parts/publish-many.tsx';
import { useLinkStyles } from '../../parts/link.ts';
import { To } from '../../route.tsx';
import { say } from '../../words.ts';
import type { Row } from './rows.ts';
import { TopicMany } from './topic-many.tsx';

type Several = Output<'post', '/api/publish'>;

const useStyles = makeStyles({
  bar: {
    position: 'sticky',
    bottom: '0.75rem',
    zIndex: 2,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '0.5rem 0.75rem',
    marginTop: '0.75rem',
    padding: '0.625rem 1rem',
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow16,
  },
  count: { marginInlineEnd: 'auto', fontWeight: tokens.fontWeightSemibold },
  why: { margin: '0.25rem 0 0', paddingInlineStart: '1.25rem' },
});

interface Given {
  readonly chosen: ReadonlyMap<string, Row>;
  readonly choose: (rows: readonly Row[]) => void;
  readonly publishing: { readonly questions: readonly Row[]; readonly when: 'now' | 'next' } | undefined;
  readonly publish: (when: 'now' | 'next') => void;
  readonly close: () => void;
  readonly tell: (became: Became) => void;
}

/** What can be done to the chosen questions. */
export function Chosen({ chosen, choose, publishing, publish, close, tell }: Given) {
  const styles = useStyles();
  const [isSorting, sort] = useState(false);
  const done = (of: readonly Row[]) => (several: Several) => {
    tell({ several, of });
    // What was not done because something was away is done by the same press again.
    const again = new Set(several.notDone.filter((one) => one.again).map(({ question }) => question));
    choose(of.filter(({ question }) => again.has(question)));
  };
  return (
    <>
      {chosen.size > 0 && (
        <div className={styles.bar} role="region" aria-label={say('board.chosen', { count: chosen.size })}>
          <span className={styles.count} role="status">
            {say('board.chosen', { count: chosen.size })}
          </span>
          <Button appearance="primary" onClick={() => publish('now')}>
            {say('board.publish')}
          </Button>
          <Button onClick={() => publish('next')}>{say('board.schedule')}</Button>
          <Button onClick={() => sort(true)}>{say('reading.topic')}</Button>
          <Button appearance="subtle" onClick={() => choose([])}>
            {say('board.clear')}
          </Button>
        </div>
      )}
      {isSorting && (
        <TopicMany questions={[...chosen.keys()]} close={() => sort(false)} done={done([...chosen.values()])} />
      )}
      {publishing && (
        <PublishMany
          questions={publishing.questions.map(({ question }) => question)}
          at={publishing.when}
          close={close}
          done={done(publishing.questions)}
        />
      )}
    </>
  );
}

/** What became of an act on several questions. */
export interface Became {
  readonly several: Several;
  readonly of: readonly Row[];
}

/** How many it was done for; each of the others by its words, and why not. */
export function WhatBecame({ several: { done, notDone }, of, dismiss }: Became & { dismiss: () => void }) {
  const styles = useStyles();
  const link = useLinkStyles();
  const wordsOf = (id: string): string => of.find(({ question }) => question === id)?.words ?? '';
  return (
    <Notice intent={notDone.length > 0 ? 'warning' : 'success'} onDismiss={dismiss}>
      {say('publish.severalDone', { count: done })}
      {notDone.length > 0 && ` ${say('publish.severalNotDone', { count: notDone.length })}`}
      {notDone.length > 0 && (
        <ul className={styles.why}>
          {notDone.map(({ question, words }) => (
            <li key={question}>
              <To page="q" id={question} className={link} dir="auto">
                {wordsOf(question)}
              </To>{' '}
              {words}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
