import {
  Button,
  Field,
  makeStyles,
  mergeClasses,
  Radio,
  RadioGroup,
  SearchBox,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { isRefused, type Output, post, type Refused } from '../api.ts';
import { STILL, usePolled } from '../polled.ts';
import { To } from '../route.tsx';
import { say, sayWeek } from '../words.ts';
import { Confirm } from './confirm.tsx';
import type { Curated } from './curated.ts';
import { useLinkStyles } from './link.ts';
import { Notice } from './notice.tsx';
import { Verbatim } from './thread-view.tsx';

type Other = Pick<
  Output<'get', '/api/questions/:id/similar'>['questions'][number],
  'question' | 'words' | 'leader' | 'week'
>;

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '0.75rem' },
  choices: { maxHeight: '16rem', overflowY: 'auto' },
  meta: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  list: { margin: 0, padding: 0, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: '0.75rem' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'start', justifyContent: 'space-between', gap: '0.5rem' },
  words: { flex: '1 1 16rem', minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  acts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.5rem 1rem', marginTop: '0.5rem' },
  link: { lineHeight: tokens.lineHeightBase400 },
  search: { width: '100%', maxWidth: 'none' },
});

/** Merges a question into another one that asks the same. */
export function Merge({ of }: { of: Curated }) {
  const [isOpen, open] = useState(false);
  if (!of.may.merge) return undefined;
  return (
    <>
      <Button onClick={() => open(true)}>{say('curation.merge')}</Button>
      {isOpen && <Form of={of} close={() => open(false)} />}
    </>
  );
}

function Form({ of: { question }, close }: { of: Curated; close: () => void }) {
  const styles = useStyles();
  const [search, look] = useState('');
  const [into, choose] = useState('');
  const act = (): Promise<Refused | object> =>
    into === ''
      ? Promise.resolve({ refused: 'none', words: say('curation.chooseOther') })
      : post('/api/questions/:id/merge', { id: question, into });
  return (
    <Confirm title={say('curation.mergeTitle')} verb={say('curation.mergeNow')} act={act} close={close}>
      <div className={styles.fields}>
        <p>{say('curation.mergeLead')}</p>
        <Field label={say('curation.find')}>
          <SearchBox className={styles.search} value={search} onChange={(_event, { value }) => look(value)} />
        </Field>
        {search.trim() === '' ? (
          <Similar question={question} chosen={into} choose={choose} />
        ) : (
          <>
            <Found stage="waiting" {...{ question, search, chosen: into, choose }} />
            <Found stage="answered" {...{ question, search, chosen: into, choose }} />
          </>
        )}
      </div>
    </Confirm>
  );
}

interface Choosing {
  readonly question: string;
  readonly chosen: string;
  readonly choose: (question: string) => void;
}

function Similar({ question, ...choosing }: Choosing) {
  const polled = usePolled('/api/questions/:id/similar', { id: question }, { every: STILL });
  if (polled.state !== 'here') return undefined;
  return (
    <Choices
      label={say('curation.similar')}
      none={say('curation.noneSimilar')}
      others={polled.body.questions}
      {...choosing}
    />
  );
}

function Found({ question, search, stage, ...choosing }: Choosing & { search: string; stage: 'waiting' | 'answered' }) {
  const polled = usePolled('/api/questions', { stage, search }, { every: STILL });
  const others = polled.state === 'here' ? polled.body.questions.filter((one) => one.question !== question) : [];
  if (others.length === 0 && stage === 'answered') return undefined;
  return (
    <Choices
      label={say(`curation.${stage}`)}
      none={say('curation.noneFound')}
      others={others.slice(0, 8)}
      {...choosing}
    />
  );
}

function Choices({
  label,
  none,
  others,
  chosen,
  choose,
}: Omit<Choosing, 'question'> & { label: string; none: string; others: readonly Other[] }) {
  const styles = useStyles();
  if (others.length === 0) return <p className={styles.meta}>{none}</p>;
  return (
    <Field label={label}>
      <RadioGroup className={styles.choices} value={chosen} onChange={(_event, { value }) => choose(value)}>
        {others.map(({ question, words, leader, week }) => (
          <Radio
            key={question}
            value={question}
            label={
              <span dir="auto">
                {words} <span className={styles.meta}>{`${leader.name} · ${sayWeek(week)}`}</span>
              </span>
            }
          />
        ))}
      </RadioGroup>
    </Field>
  );
}

/** Where a merged question went, and the way back. */
export function Merged({ of: { question, merged, may } }: { of: Curated }) {
  const styles = useStyles();
  const link = useLinkStyles();
  if (merged === undefined) return undefined;
  const { by, into } = merged;
  return (
    <Notice>
      {into === undefined ? say('curation.merged', { by }) : say('curation.mergedTo', { by, leader: into.leader.name })}
      {into && <Verbatim words={into.words} />}
      <div className={styles.acts}>
        {into && (
          <To page="q" id={into.question} className={mergeClasses(link, styles.link)}>
            {say('curation.show')}
          </To>
        )}
        {may.unmerge && <Undo question={question} />}
      </div>
    </Notice>
  );
}

/** The questions whose words this one carries. */
export function Carried({ of: { carries } }: { of: Curated }) {
  const styles = useStyles();
  if (carries.length === 0) return undefined;
  return (
    <div className={styles.fields}>
      <h3 className={styles.title}>{say('curation.carries', { count: carries.length })}</h3>
      <ul className={styles.list}>
        {carries.map(({ question, words }) => (
          <li key={question} className={styles.row}>
            <span className={styles.words}>
              <Verbatim words={words} />
            </span>
            <Undo question={question} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Undo({ question }: { question: string }) {
  const [no, refuse] = useState<Refused>();
  const undo = async (): Promise<void> => {
    const answer = await post('/api/questions/:id/unmerge', { id: question });
    refuse(isRefused(answer) ? answer : undefined);
  };
  return (
    <>
      <Button size="small" onClick={() => void undo()}>
        {say('curation.unmerge')}
      </Button>
      {no && <Notice intent="error">{no.words}</Notice>}
    </>
  );
}
