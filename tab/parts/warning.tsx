import { makeStyles } from '@fluentui/react-components';
import type { Betrayal, Finding } from '../../bot/domain/betray-found.ts';
import { say, sayList } from '../words.ts';
import { Notice } from './notice.tsx';

const useStyles = makeStyles({
  list: { margin: '0.25rem 0 0', paddingInlineStart: '1.25rem', overflowWrap: 'anywhere' },
});

/** A text can be full of them: three are enough to see what is meant. */
const QUOTED = 3;

/** What in one's own words may show who wrote them, before they are sent. */
export function Warning({ found }: { found: readonly Finding[] }) {
  const styles = useStyles();
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return (
    <Notice intent="warning">
      {say('asking.betrays')}
      <ul className={styles.list}>
        {kinds.map((kind) => (
          <li key={kind}>
            {say(`asking.${kind}`)}: <bdi>{quoted(found, kind)}</bdi>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const quoted = (found: readonly Finding[], kind: Betrayal): string =>
  sayList(
    found
      .filter((one) => one.kind === kind)
      .slice(0, QUOTED)
      .map(({ words }) => say('asking.quoted', { words: words.length > 60 ? `${words.slice(0, 60)}…` : words })),
  );
