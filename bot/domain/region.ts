/**
 * Where a Bot Connector answers, by region (Microsoft: "Bot Framework endpoints", all clouds). A Seal keeps the code alone:
 * no request ever goes to an address that stood in a message.
 */
const REGIONS = {
  amer: 'https://smba.trafficmanager.net/amer/',
  emea: 'https://smba.trafficmanager.net/emea/',
  apac: 'https://smba.trafficmanager.net/apac/',
  teams: 'https://smba.trafficmanager.net/teams/',
  gcc: 'https://smba.infra.gcc.teams.microsoft.com/teams/',
  gov: 'https://smba.infra.gov.teams.microsoft.us/teams/',
  dod: 'https://smba.infra.dod.teams.microsoft.us/teams/',
} as const;
export type Region = keyof typeof REGIONS;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const parse = (serviceUrl: string): URL | undefined => {
  const url = URL.parse(serviceUrl);
  return url === null || url.username !== '' || url.password !== '' ? undefined : url;
};

/** Tells whether a service URL is this machine itself, as in local mode. */
export const isLoopback = (serviceUrl: string): boolean => LOOPBACK.has(parse(serviceUrl)?.hostname ?? '');

const all = Object.keys(REGIONS) as Region[];
const isAt = (region: Region, { protocol, host }: URL) =>
  new URL(REGIONS[region]).host === host && protocol === 'https:';

/**
 * The region of a service URL; nothing where its host is none of Teams. Teams may name a region that is newer than this
 * list, and puts the tenant behind it: the host's global address, `teams`, reaches every one.
 */
export function regionOf(serviceUrl: string): Region | undefined {
  const url = parse(serviceUrl);
  if (url === undefined) return undefined;
  const ofHost = all.filter((region) => isAt(region, url));
  const first = url.pathname.split('/')[1]?.toLowerCase();
  const named = ofHost.find((region) => new URL(REGIONS[region]).pathname === `/${first}/`);
  return named ?? ofHost.find((region) => REGIONS[region].endsWith('/teams/'));
}

/** The service URL of a region; nothing where the code is none. */
export const urlOf = (region: string): string | undefined =>
  Object.hasOwn(REGIONS, region) ? REGIONS[region as Region] : undefined;
