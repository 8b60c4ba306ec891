import { app, authentication, FrameContexts, pages } from '@microsoft/teams-js';
import { keepToken, type Token } from './token.ts';

export type Theme = 'light' | 'dark' | 'contrast';

/** What shows the desk: Teams, or whatever speaks as it does. */
export interface Host {
  readonly locale: string;
  readonly theme: Theme;
  /** Where a deep link leads, as `q/abc`. */
  readonly opens: string | undefined;
  /** Only where a tab of a channel is being set up. */
  readonly settings: Settings | undefined;
  readonly token: Token;
  onTheme(tell: (theme: Theme) => void): void;
  /** `goes` tells whether there was a step back inside the desk. */
  onBack(goes: () => boolean): void;
  /** Offers a link to a page of the desk, as in `q/abc`, for others. */
  share(subPage: string, label: string): void;
  /** Opens an address of Teams or the web. */
  open(address: string): Promise<void>;
}

/** A tab of a channel, while somebody adds it or chooses anew what it opens with. */
export interface Settings {
  /** What was chosen before. */
  readonly saved: string | undefined;
  /** What Teams keeps once the person saves, from now on. */
  offer(tab: { id: string; name: string }): void;
}

/** In a foreign frame the library waits for a minute; nobody looks at an empty page that long. */
const PATIENCE_MS = 2_000;

const THEMES: Readonly<Record<string, Theme>> = { dark: 'dark', contrast: 'contrast' };
const themeOf = (name: string | undefined): Theme => THEMES[name ?? ''] ?? 'light';

/** Meets the host; undefined where there is none. `hosts`: origins to trust beside Microsoft's, in the demo only. */
export async function meetHost(hosts: string[]): Promise<Host | undefined> {
  if (window.parent === window) return undefined;
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), PATIENCE_MS));
  const met = app.initialize(hosts).then(
    () => app.getContext(),
    () => 'late' as const,
  );
  const context = await Promise.race([met, late]);
  return context === 'late' ? undefined : hostOf(context);
}

function hostOf({ app: { locale, theme }, page }: app.Context): Host {
  return {
    locale,
    theme: themeOf(theme),
    opens: page.subPageId,
    settings: isSettings(page) ? settingsOf(page.id) : undefined,
    token: keepToken(
      () => authentication.getAuthToken(),
      () => Date.now(),
    ),
    onTheme: (tell) => app.registerOnThemeChangeHandler((name) => tell(themeOf(name))),
    onBack(goes) {
      if (pages.backStack.isSupported()) pages.backStack.registerBackButtonHandler(goes);
    },
    share: (subPageId, subPageLabel) => pages.shareDeepLink({ subPageId, subPageLabel }),
    open: (address) => app.openLink(address),
  };
}

const isSettings = ({ frameContext }: app.PageInfo): boolean =>
  frameContext === FrameContexts.settings && pages.config.isSupported();

/** Teams opens the same entrance for every tab; what this one opens with stands behind it. */
function settingsOf(saved: string): Settings {
  return {
    saved,
    offer({ id, name }) {
      pages.config.registerOnSaveHandler((save) => {
        const entrance = `${location.origin}/tab/desk`;
        const tab = {
          entityId: id,
          suggestedDisplayName: name,
          contentUrl: `${entrance}?opens=${id}`,
          websiteUrl: entrance,
        };
        pages.config.setConfig(tab).then(
          () => save.notifySuccess(),
          () => save.notifyFailure(),
        );
      });
      pages.config.setValidityState(true);
    },
  };
}
