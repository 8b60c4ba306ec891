/** Hosts of the Bot Connector that Teams names as service URL (Microsoft: "Bot Framework endpoints", all clouds). */
const HOSTS = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
]);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Tells whether a request may be sent there. In local mode, and only there, to this machine itself. */
export function isTrusted(serviceUrl: string, isLocal: boolean): boolean {
  const url = URL.parse(serviceUrl);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (isLocal) return LOOPBACK.has(url.hostname);
  return url.protocol === 'https:' && url.port === '' && HOSTS.has(url.hostname);
}
