import {
  createDOMRenderer,
  FluentProvider,
  makeStyles,
  RendererProvider,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  tokens,
  useFocusFinders,
} from '@fluentui/react-components';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Host, Theme } from './host.ts';
import { say } from './words.ts';

const THEMES = { light: teamsLightTheme, dark: teamsDarkTheme, contrast: teamsHighContrastTheme };

const useStyles = makeStyles({
  words: { overflowWrap: 'anywhere', textAlign: 'start' },
  // Not on the provider: Fluent puts its classes on each menu and dialog too, which would then hide the page behind them.
  ground: { minHeight: '100dvh', backgroundColor: tokens.colorNeutralBackground2 },
});

const ThemeContext = createContext<Theme>('light');
/** The theme of Teams as it is now. */
export const useTheme = (): Theme => useContext(ThemeContext);

const preferred = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

/** Looks as Teams does, and changes with it; without a host, as the system does. */
export function Look({ host, children }: { host?: Host; children: ReactNode }) {
  const styles = useStyles();
  const [theme, turn] = useState<Theme>(host?.theme ?? preferred);
  useEffect(() => host?.onTheme(turn), [host]);
  useEffect(() => {
    // Scrollbars, and what shows where a page is shorter than its frame.
    document.documentElement.style.colorScheme = theme === 'light' ? 'light' : 'dark';
    document.body.style.backgroundColor = THEMES[theme].colorNeutralBackground2;
  }, [theme]);
  const direction = say('shell.direction') === 'rtl' ? 'rtl' : 'ltr';
  return (
    <ThemeContext value={theme}>
      <FluentProvider theme={THEMES[theme]} dir={direction} className={styles.words}>
        <Tabster />
        <div className={styles.ground}>{children}</div>
      </FluentProvider>
    </ThemeContext>
  );
}

/**
 * Holds Tabster, by which dialogs keep the focus: it goes with the last component that uses it, and going with a dialog it
 * would leave the page behind closed to screen readers.
 */
function Tabster(): undefined {
  useFocusFinders();
}

/** Lets Fluent's styles in where the Content-Security-Policy asks for a nonce. */
export function Styled({ nonce, children }: { nonce: string; children: ReactNode }) {
  const renderer = useMemo(() => createDOMRenderer(document, { styleElementAttributes: { nonce } }), [nonce]);
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      {children}
    </RendererProvider>
  );
}
