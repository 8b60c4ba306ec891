import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { say } from '../../words.ts';
import type { Plan } from './plan.ts';
import type { Carrying } from './carry.ts';

const useStyles = makeStyles({
  title: { margin: '0 0 0.5rem', fontSize: tokens.fontSizeBase300 },
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '0.375rem',
    maxHeight: '26rem',
    overflowY: 'auto',
  },
  thread: {
    display: 'block',
    width: '100%',
    padding: '0.5rem 0.75rem',
    textAlign: 'start',
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'grab',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  chosen: { border: `1px solid ${tokens.colorCompoundBrandStroke}` },
  meta: { display: 'block', color: tokens.colorNeutralForeground3 },
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Answered threads that are planned nowhere, to be picked up from here. */
export function Ready({ ready, carrying }: { ready: Plan['ready']; carrying: Carrying }) {
  const styles = useStyles();
  return (
    <section>
      <h2 className={styles.title}>{say('planner.ready')}</h2>
      {ready.length === 0 && <p className={styles.none}>{say('planner.nothingReady')}</p>}
      <ul className={styles.list}>
        {ready.map(({ question, words, leader, topic }) => (
          <li key={question}>
            <button
              type="button"
              className={mergeClasses(styles.thread, carrying.carried?.question === question && styles.chosen)}
              aria-pressed={carrying.carried?.question === question}
              onPointerDown={carrying.grab({ question, words })}
              onClick={({ detail }) => {
                carrying.pickUp({ question, words });
                // By keyboard: on to where it can be put.
                if (detail === 0) document.querySelector<HTMLElement>('[data-free]')?.focus();
              }}
            >
              <span dir="auto">{words}</span>
              <span className={styles.meta}>{topic === undefined ? leader : `${leader} · ${topic}`}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
