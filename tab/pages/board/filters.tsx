import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { type RefObject, useState } from 'react';
import type { Me } from '../../me.ts';
import { useNarrow } from '../../narrow.ts';
import { Choice } from '../../parts/choice.tsx';
import { LeaderChoice } from '../../parts/leaders.tsx';
import { lastWeeks } from '../../weeks.ts';
import { mondayOf, say, sayDay } from '../../words.ts';

/** As far back as a list of weeks is of use; older questions are found by their words. */
const WEEKS = 26;

const useStyles = makeStyles({
  tools: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 11rem), 1fr))',
    alignItems: 'end',
    gap: '0.75rem',
    marginBottom: '1rem',
  },
  search: { minWidth: 0, '& input': { minWidth: 0, width: '100%' } },
});

interface Given {
  readonly me: Me;
  readonly search: string;
  readonly searchBox: RefObject<HTMLInputElement | null>;
  readonly onSearch: (words: string) => void;
  readonly leader: string;
  readonly topic: string;
  readonly week: string;
  readonly onFilter: (changed: Record<string, string>) => void;
}

export function Filters({ me, search, searchBox, onSearch, leader, topic, week, onFilter }: Given) {
  const styles = useStyles();
  const isNarrow = useNarrow();
  const [isOpen, open] = useState([leader, topic, week].some((filter) => filter !== ''));
  return (
    <div role="search" className={styles.tools}>
      <Field label={say('board.search')} className={styles.search}>
        <Input
          input={{ ref: searchBox }}
          type="search"
          value={search}
          maxLength={200}
          onChange={(_event, { value }) => onSearch(value)}
        />
      </Field>
      {isNarrow && (
        <Button aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          {say('board.filters')}
        </Button>
      )}
      {(isOpen || !isNarrow) && <Choices {...{ me, leader, topic, week, onFilter }} />}
    </div>
  );
}

type ChoicesProps = Pick<Given, 'me' | 'leader' | 'topic' | 'week' | 'onFilter'>;

/** What there is to choose from: on a phone, behind a button. */
function Choices({ me, leader, topic, week, onFilter }: ChoicesProps) {
  return (
    <>
      <LeaderChoice
        me={me}
        value={leader}
        any={say('reading.allLeaders')}
        onChoose={(chosen) => onFilter({ leader: chosen })}
      />
      {me.topics.length > 0 && (
        <Choice
          label={say('reading.topic')}
          value={topic}
          any={say('reading.allTopics')}
          choices={me.topics.map((one) => ({ value: one, title: one }))}
          onChoose={(chosen) => onFilter({ topic: chosen })}
        />
      )}
      <Choice
        label={say('board.week')}
        value={week}
        any={say('board.allWeeks')}
        choices={lastWeeks(WEEKS, new Date()).map((one) => ({ value: one, title: sayDay(mondayOf(one)) }))}
        onChoose={(chosen) => onFilter({ week: chosen })}
      />
    </>
  );
}
