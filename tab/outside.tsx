import { makeStyles, tokens } from '@fluentui/react-components';
import { say } from './words.ts';
import { useLinkStyles } from './parts/link.ts';
import { Mark } from './parts/mark.tsx';

const useStyles = makeStyles({
  page: { maxWidth: '34rem', margin: '0 auto', padding: '4rem 1.25rem' },
  title: { fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700, margin: '1.5rem 0 0.75rem' },
  words: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, margin: '0 0 0.75rem' },
  links: { display: 'flex', flexWrap: 'wrap', gap: '0.5rem 1.5rem', marginTop: '1.5rem' },
});

/** What somebody reads who opens the address in a browser: how to come in. */
export function Outside() {
  const styles = useStyles();
  const link = useLinkStyles();
  return (
    <main className={styles.page}>
      <Mark />
      <h1 className={styles.title}>{say('outside.title')}</h1>
      <p className={styles.words}>{say('outside.lead')}</p>
      <p className={styles.words}>{say('outside.how')}</p>
      <p className={styles.words}>{say('outside.sameLink')}</p>
      <p className={styles.links}>
        <a className={link} href="/tab">
          {say('outside.about')}
        </a>
        <a className={link} href="/privacy">
          {say('outside.privacy')}
        </a>
      </p>
    </main>
  );
}
