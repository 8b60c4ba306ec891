import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Deps } from '../../bot/app/ports.ts';
import { REAL } from '../../bot/main.ts';
import { ana, crowd, devi, ines, kaia, kofi, lena, noor, omar, otto, type Person, TENANT } from './cast.ts';
import { launchChromium } from './chromium.ts';
import { type Desk, type DeskOptions, openWindow } from './desk-window.ts';
import { type Host, type Sitter, startHost } from './host.ts';
import { openScene, type Scene } from './scene.ts';
import { type Seed, seed } from './seeds.ts';
import { type Claims, startSignIn } from './sign-in.ts';

export type { Desk, DeskOptions, Look } from './desk-window.ts';

const PICTURES = join(import.meta.dirname, '../../dist/browser');
const AUDIENCE = 'b07f0247-3333-4444-8555-fab21ca0b075';

const titled = (person: Person, title: string): Sitter => ({ ...person, key: person.aadObjectId, title });
const SITTERS: readonly Sitter[] = [
  titled(kofi, 'Kofi, curator'),
  titled(kaia, 'Kaia, curator'),
  titled(ana, 'Ana, administrator'),
  titled(ines, 'Ines, leader'),
  titled(otto, 'Otto, leader'),
  titled(devi, 'Devi, delegate'),
  ...[noor, omar, lena, ...crowd].map((person) => titled(person, person.name.split(' ')[0] ?? '')),
];

/** The real bot on a file of its own, a stand-in for Teams and for sign-in, a page that plays Teams, and Chromium. */
export type Desks = {
  readonly scene: Scene;
  readonly host: Host;
  readonly browser: Browser;
  /** What the running bot acts with, for what no seed makes. */
  readonly deps: Deps;
  /** Opens the desk of one person in a window of its own. Whatever goes wrong in it fails the test at its end. */
  readonly openDesk: (options: DeskOptions) => Promise<Desk>;
  /** Makes a question by the use cases; gives its id once Teams has what is owed for it. */
  readonly seed: (wanted: Seed) => Promise<string>;
  /** The tokens handed out from now on have these claims. */
  readonly tokensHave: (claims: Claims) => void;
  readonly close: () => Promise<void>;
};

export async function startDesks(): Promise<Desks> {
  const issuer = await startSignIn({ audience: AUDIENCE, tenant: TENANT.id });
  let claims: Claims = {};
  const host = await startHost({ people: SITTERS, tokenOf: (who) => issuer.tokenOf(who, claims) });
  const held: { deps?: Deps } = {};
  const listen: typeof REAL.listen = (needs, config) => {
    held.deps = needs.api.deps;
    return REAL.listen(needs, config);
  };
  const settings = { ...issuer.settings, STAND_IN_HOST: host.origin };
  const scene = await openScene({ settings, parts: { listen } });
  host.shows(scene.bot.url);
  const browser = await launchChromium();
  const deps = held.deps!;
  return {
    scene,
    host,
    browser,
    deps,
    openDesk: (options) => openWindow({ browser, host, bot: scene.bot.url }, options),
    async seed(wanted) {
      const id = await seed(deps, scene.teams.url, wanted);
      await scene.settled();
      return id;
    },
    tokensHave: (wanted) => void (claims = wanted),
    async close() {
      await browser.close();
      await scene.close();
      await host.stop();
      await issuer.stop();
    },
  };
}

/**
 * One bot and browser for the tests of this suite. After each test its windows are closed, and any fault in one fails it:
 * console errors, violations of the Content-Security-Policy, requests to anybody else.
 */
export function useDesks(prepare?: (desks: Desks) => Promise<void>): () => Desks {
  let desks: Desks;
  const opened: Desk[] = [];
  before(async function () {
    this.timeout(60_000);
    const started = await startDesks();
    desks = {
      ...started,
      async openDesk(options) {
        const desk = await started.openDesk(options);
        opened.push(desk);
        return desk;
      },
    };
    await prepare?.(desks);
  });
  afterEach(async function () {
    const all = opened.splice(0);
    if (this.currentTest?.state === 'failed') await photograph(all, this.currentTest.title);
    const faults = all.flatMap((desk) => desk.faults);
    await Promise.all(all.map((desk) => desk.close()));
    if (faults.length > 0) throw new Error(`The desk complained:\n${faults.join('\n')}`);
  });
  after(async () => await desks?.close());
  return () => desks;
}

async function photograph(desks: readonly Desk[], title: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  const name = title.replaceAll(/[^\w]+/g, '-').slice(0, 60);
  for (const [at, desk] of desks.entries()) {
    await desk.page.screenshot({ path: join(PICTURES, `desk-${name}-${at}.png`) }).catch(() => undefined);
  }
}
