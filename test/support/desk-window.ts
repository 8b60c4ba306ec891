import assert from 'node:assert/strict';
import type { Browser, BrowserContext, ConsoleMessage, Frame, Page } from 'playwright-core';
import type { Person } from './cast.ts';
import type { Host } from './host.ts';

export type Look = 'light' | 'dark' | 'contrast';

export type DeskOptions = {
  readonly as: Person;
  /** Where a deep link of Teams leads, as `board` or `q/ID`; left out: nowhere, so that the desk opens at home. */
  readonly page?: string;
  /** What the frame shows at first, and what for; left out: the desk, for its content. */
  readonly frame?: { readonly at: string; readonly for: 'content' | 'settings'; readonly entity?: string };
  readonly theme?: Look;
  readonly width?: number;
  readonly height?: number;
  /** As Teams writes it: `de-de`. */
  readonly locale?: string;
  /** Whom the person chooses from the host's list of colleagues; left out: it has none. */
  readonly picks?: readonly Person[];
  readonly reducedMotion?: boolean;
  /** How many device pixels a pixel of the page has: 2 is a zoom of 200 % at twice the width. */
  readonly scale?: number;
  /** Console errors that this test causes. */
  readonly tolerates?: RegExp;
  /** What happens before the page is loaded, as to answer its requests. */
  readonly before?: (context: BrowserContext) => Promise<void>;
};

/** One person before the desk. */
export type Desk = {
  /** The page that plays Teams. */
  readonly page: Page;
  /** The desk within it: what a person sees is looked for here. */
  readonly tab: Frame;
  /** Console errors, violations of the policy, requests to anybody else. A test may take out what it caused. */
  readonly faults: string[];
  /** Every request that the desk made, as `GET /api/me`. */
  readonly requests: string[];
  /** Resolves when what is shown while something loads has gone. */
  readonly settles: () => Promise<void>;
  /** Teams changes its theme. */
  turns(theme: Look): Promise<void>;
  /** The person presses Teams' back button. */
  back(): Promise<void>;
  /** The person presses Teams' button to save, where a tab is set up. */
  save(): Promise<void>;
  /** What the host knows: tokens given, links offered, addresses opened, how often the desk had no step back. */
  host(): Promise<HostState>;
  /** Whether the page can reach the bot. */
  online(isOnline: boolean): Promise<void>;
  close(): Promise<void>;
};

export type HostState = {
  tokens: number;
  left: number;
  links: { subPage: string; label: string }[];
  opened: string[];
  /** Of a tab that is set up: whether it can be saved, what Teams was told to keep, and whether that is done. */
  valid: boolean;
  saved?: Record<string, string>;
  outcome: string;
};

type Around = { browser: Browser; host: Host; bot: string };

const THEME_NAMES = { light: 'default', dark: 'dark', contrast: 'contrast' } as const;
/** Where teams-js reads which hosts are Teams: the one request that does not go to us. */
const TEAMS_LIST = 'https://res.cdn.office.net/teams-js/validDomains/json/validDomains.json';

export async function openWindow({ browser, host, bot }: Around, options: DeskOptions): Promise<Desk> {
  const { as, page: subPage = '', theme = 'light', locale = 'en-gb', width = 1280, height = 900 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: options.reducedMotion === true ? 'reduce' : null,
    colorScheme: theme === 'light' ? 'light' : 'dark',
  });
  await context.route(TEAMS_LIST, (route) =>
    route.fulfill({
      json: { validOrigins: ['teams.microsoft.com'] },
      headers: { 'access-control-allow-origin': '*' },
    }),
  );
  await options.before?.(context);
  const page = await context.newPage();
  const watched = watch(page, { ours: [host.origin, bot], tolerates: options.tolerates });
  const { at, for: frame, entity = 'desk' } = options.frame ?? { at: '/tab/desk', for: 'content' };
  const wanted = {
    at,
    frame,
    entity,
    as: as.aadObjectId,
    page: subPage,
    theme: THEME_NAMES[theme],
    locale,
    bare: '',
    ...picked(options),
  };
  await page.goto(host.address(wanted));
  const tab = await tabOf(page);
  const settles = () =>
    tab
      .getByRole('status')
      .filter({ hasText: /^(Loading|Wird geladen)/ })
      .first()
      .waitFor({ state: 'detached' });
  return { page, tab, settles, ...watched, ...acts(page, context, watched.state) };
}

const picked = ({ picks }: DeskOptions): Record<string, string> =>
  picks === undefined
    ? {}
    : { picks: JSON.stringify(picks.map(({ aadObjectId, name }) => ({ objectId: aadObjectId, displayName: name }))) };

async function tabOf(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  assert.ok(frame, 'The host shows no desk');
  await frame.waitForSelector('h1', { timeout: 15_000 });
  return frame;
}

type Watched = { faults: string[]; requests: string[]; state: { isCut: boolean } };

function watch(page: Page, { ours, tolerates }: { ours: readonly string[]; tolerates: RegExp | undefined }): Watched {
  const watched: Watched = { faults: [], requests: [], state: { isCut: false } };
  page.on('console', (message) => {
    if (isFault(message, watched.state.isCut) && tolerates?.test(message.text()) !== true)
      watched.faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => watched.faults.push(String(error)));
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    const isOurs = ours.includes(origin) || request.url() === TEAMS_LIST || /^(data|blob|about):/.test(request.url());
    if (!isOurs) watched.faults.push(`asks ${request.url()}`);
    watched.requests.push(`${request.method()} ${pathname}`);
  });
  return watched;
}

/** Chromium complains of every answer that is a "no", and of every request while there is no network. */
function isFault(message: ConsoleMessage, isCut: boolean): boolean {
  if (!['error', 'warning'].includes(message.type())) return false;
  if (!message.text().startsWith('Failed to load resource')) return true;
  const isNo = /status of 4\d\d/.test(message.text()) && message.location().url.includes('/api/');
  return !isNo && !isCut;
}

/** What the page that plays Teams puts on its window. */
type Playing = {
  host: { state: HostState; theme(name: string): void; back(): void; save(): void };
};

function acts(page: Page, context: BrowserContext, state: Watched['state']) {
  const playing = (script: string) => page.evaluate(script);
  return {
    turns: async (theme: Look) => void (await playing(`window.host.theme('${THEME_NAMES[theme]}')`)),
    back: async () => void (await playing('window.host.back()')),
    save: async () => void (await playing('window.host.save()')),
    host: async () => (await playing('window.host.state')) as Playing['host']['state'],
    async online(isOnline: boolean) {
      state.isCut = true;
      await context.setOffline(!isOnline);
      if (isOnline) state.isCut = false;
    },
    close: async () => await context.close(),
  };
}
