import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { PageName } from './address.ts';
import { useDesk } from './me.ts';
import { fetchAhead } from './page-loader.ts';
import { PAGES, pagesFor } from './pages.ts';
import { Mark } from './parts/mark.tsx';
import { To } from './route.tsx';
import { useNarrow } from './narrow.ts';
import { say } from './words.ts';

const focus = {
  outline: `2px solid ${tokens.colorStrokeFocus2}`,
  outlineOffset: '-2px',
  borderRadius: tokens.borderRadiusMedium,
};

const useStyles = makeStyles({
  bar: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: '0.75rem',
    minHeight: '3rem',
    maxWidth: '72rem',
    margin: '0 auto',
    padding: '0 1.25rem',
  },
  wide: { display: 'flex', margin: 0, padding: 0, listStyle: 'none', gap: '0.25rem' },
  narrow: { margin: 0, padding: '0 0.5rem 0.5rem', listStyle: 'none' },
  link: {
    position: 'relative',
    display: 'block',
    padding: '0.875rem 0.625rem',
    color: tokens.colorNeutralForeground2,
    textDecoration: 'none',
    whiteSpace: 'nowrap',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': focus,
  },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    '::after': {
      content: '""',
      position: 'absolute',
      insetInline: '0.625rem',
      bottom: 0,
      height: '3px',
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorCompoundBrandStroke,
      // Colours of our own are dropped where the system chooses them all.
      '@media (forced-colors: active)': { backgroundColor: 'Highlight' },
    },
  },
  listed: {
    padding: '0.75rem',
    '::after': {
      insetInline: 'auto',
      insetInlineStart: 0,
      top: '0.5rem',
      bottom: '0.5rem',
      height: 'auto',
      width: '3px',
    },
  },
  opener: {
    display: 'flex',
    alignItems: 'center',
    gap: '0.5rem',
    padding: '0.75rem 0.5rem',
    border: 'none',
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    fontWeight: tokens.fontWeightSemibold,
    cursor: 'pointer',
    ':focus-visible': focus,
  },
  burger: { width: '1.25rem', height: '1.25rem' },
});

/** The pages that this person has: side by side where there is room, behind a button on a phone. */
export function Navigation({ current }: { current: PageName | undefined }) {
  const styles = useStyles();
  const isNarrow = useNarrow();
  const [isOpen, open] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useId();
  const close = ({ key }: KeyboardEvent): void => {
    if (key !== 'Escape' || !isOpen) return;
    open(false);
    button.current?.focus();
  };
  return (
    <header className={styles.bar}>
      <nav aria-label={say('shell.pages')} onKeyDown={close}>
        <div className={styles.row}>
          <Mark />
          {isNarrow ? (
            <button
              ref={button}
              type="button"
              className={styles.opener}
              aria-expanded={isOpen}
              aria-controls={list}
              onClick={() => open(!isOpen)}
            >
              <Burger />
              {current ? say(`shell.${current}`) : say('shell.name')}
            </button>
          ) : (
            <Links current={current} id={list} />
          )}
        </div>
        {isNarrow && isOpen && <Links current={current} id={list} isList onFollow={() => open(false)} />}
      </nav>
    </header>
  );
}

type LinksProps = { current: PageName | undefined; id: string; isList?: boolean; onFollow?: () => void };

function Links({ current, id, isList = false, onFollow }: LinksProps) {
  const styles = useStyles();
  const { me } = useDesk();
  return (
    <ul id={id} className={isList ? styles.narrow : styles.wide}>
      {pagesFor(me).map((page) => (
        <li key={page}>
          <To
            page={page}
            className={mergeClasses(styles.link, page === current && styles.current, isList && styles.listed)}
            aria-current={page === current ? 'page' : undefined}
            onClick={onFollow}
            onPointerEnter={() => void fetchAhead(PAGES[page])}
          >
            {say(`shell.${page}`)}
          </To>
        </li>
      ))}
    </ul>
  );
}

function Burger() {
  const styles = useStyles();
  return (
    <svg className={styles.burger} viewBox="0 0 20 20" aria-hidden="true" stroke="currentColor" strokeWidth="1.5">
      <path d="M3 5.5h14M3 10h14M3 14.5h14" strokeLinecap="round" />
    </svg>
  );
}
