import { type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import languages from 'words:languages';
import { placeNamed } from './address.ts';
import { Desk } from './desk.tsx';
import { type Host, meetHost } from './host.ts';
import { Look, Styled } from './look.tsx';
import { Outside } from './outside.tsx';
import { fetchAhead } from './page-loader.ts';
import { PAGES } from './pages.ts';
import { readAhead } from './polled.ts';
import { signIn } from './request.ts';
import { say, speak } from './words.ts';

/** The language where there is a file for it, and else English, with English dates. */
function languageFor(locale: string): { wanted: string; language: string } {
  const wanted = new Intl.Locale(locale).language;
  return { wanted, language: languages[wanted] === undefined ? 'en' : wanted };
}

async function speakFor(locale: string): Promise<void> {
  const { wanted, language } = languageFor(locale);
  const { default: words } = await languages[language]!();
  speak(words, language === wanted ? locale : language);
  document.documentElement.lang = language;
  document.documentElement.dir = say('shell.direction');
}

/** Origins of hosts that the server trusts beside Microsoft's: the page that plays Teams in the demo, else none. */
const trusted = (): string[] =>
  (document.querySelector<HTMLMetaElement>('meta[name=hosts]')?.content ?? '').split(' ').filter(Boolean);

/** Only scripts can read a nonce back; Fluent's styles are let in by it. */
const nonce = (): string => document.querySelector<HTMLStyleElement>('style[nonce]')?.nonce ?? '';

/** What this frame is for. */
async function shownBy(host: Host | undefined): Promise<ReactElement> {
  if (host?.settings === undefined) return host === undefined ? <Outside /> : <Desk host={host} />;
  const { default: ChannelTab } = await import('./channel-tab.tsx');
  return <ChannelTab settings={host.settings} />;
}

/** Until then nobody misses what stands in for a page. */
const SOON_MS = 400;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function start(): Promise<void> {
  // Most often the browser speaks as Teams does, and its words are here before Teams has said so.
  void languages[languageFor(navigator.language).language]?.().catch(() => undefined);
  const host = await meetHost(trusted());
  const isDesk = host !== undefined && host.settings === undefined;
  if (isDesk) signIn(host);
  const page = isDesk ? fetchAhead(PAGES[placeNamed(host.opens ?? '')?.page ?? 'answers']) : undefined;
  await speakFor(host?.locale ?? navigator.language);
  // Drawn once, with the page, where that comes soon; on a slow processor each drawing counts.
  if (isDesk) await Promise.race([Promise.all([page, readAhead('/api/me')]), pause(SOON_MS)]);
  const shown = await shownBy(host);
  createRoot(document.querySelector('#desk')!).render(
    <Styled nonce={nonce()}>
      <Look {...(host === undefined ? {} : { host })}>{shown}</Look>
    </Styled>,
  );
}

void start();
