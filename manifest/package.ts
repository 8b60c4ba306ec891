/** Makes the app that is uploaded to Teams: `npm run package`, with the settings of the bot; see infra/identity.md. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { ConfigFault } from '../bot/config.ts';
import { whatIsWrong } from './schema.ts';

/** What the placeholders of manifest.json stand for. */
export interface Names {
  /** The bot, and the app in Teams with it: Microsoft's ids differ per installation, so that two of them can stand side by side. */
  BOT_ID: string;
  /** The app registration that signs people in to the desk. */
  CLIENT_ID: string;
  /** Its address, for which Teams asks for tokens. */
  RESOURCE: string;
  /** The host that serves the desk. */
  DOMAIN: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Client = { id: string; uri?: string };

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Source: Microsoft, "Configure your tab app in Microsoft Entra ID". */
const URI = /^api:\/\/([^/\s]+)\/(?:botid-)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/** Of the settings that the bot reads those that the app names. Throws ConfigFault with all faults together. */
export function readNames(environment: Environment): Names {
  const text = (name: string) => environment[name]?.trim() ?? '';
  const botId = text('MICROSOFT_APP_ID').toLowerCase();
  const isManaged = text('MICROSOFT_APP_TYPE') === 'UserAssignedMSI';
  const domain = domainOf(text('PUBLIC_URL'));
  const client = clientOf(text('TAB_AUDIENCE') || (isManaged ? '' : botId));
  const faults: string[] = [];
  const need = (holds: boolean, remedy: string) => void (holds || faults.push(remedy));
  need(
    GUID.test(botId),
    'MICROSOFT_APP_ID is missing or no application id. Copy it from the Azure Bot’s configuration page.',
  );
  need(
    domain !== '',
    'PUBLIC_URL is no https address that Teams can reach. Set where people reach the bot, such as https://forthright.example',
  );
  need(
    client !== undefined || (text('TAB_AUDIENCE') === '' && !isManaged),
    'TAB_AUDIENCE names no app registration. Set the client id of the one that signs people in to the desk; a managed identity is none.',
  );
  need(
    client?.uri === undefined || domain === '' || URI.exec(client.uri)?.[1] === domain,
    'TAB_AUDIENCE names another host than PUBLIC_URL, so Teams would give out no token. Set the same host in both.',
  );
  if (faults.length > 0 || client === undefined) throw new ConfigFault(faults);
  return { BOT_ID: botId, CLIENT_ID: client.id, RESOURCE: client.uri ?? uriOf(client, botId, domain), DOMAIN: domain };
}

function domainOf(address: string): string {
  const url = URL.parse(address);
  return url?.protocol === 'https:' && url.origin === address.toLowerCase().replace(/\/$/, '') && DOMAIN.test(url.host)
    ? url.host
    : '';
}

function clientOf(audience: string): Client | undefined {
  const [uri, , inUri] = URI.exec(audience) ?? [];
  if (uri !== undefined && inUri !== undefined) return { id: inUri.toLowerCase(), uri };
  return GUID.test(audience.toLowerCase()) ? { id: audience.toLowerCase() } : undefined;
}

/** A registration that is the bot's as well says so in its address. */
const uriOf = ({ id }: Client, botId: string, domain: string): string =>
  `api://${domain}/${id === botId ? 'botid-' : ''}${id}`;

/** The files beside manifest.json, as they stand in the folder. */
const FILES = ['de.json', 'color.png', 'outline.png'];
/**
 * What is zipped carries the time of this machine's own clocks, so that the same bytes come out in every time zone. Noon: the
 * first day of 1980, where zip begins, has no midnight everywhere.
 */
const ZIPPED = new Date(1980, 0, 1, 12);

const read = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));

/** manifest.json for one installation. */
export const filled = (names: Names): string =>
  read('manifest.json')
    .toString('utf8')
    .replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => names[name as keyof Names] ?? whole);

/** The app as a zip: of the same names the same bytes. Throws where Microsoft's schema would object. */
export function makePackage(names: Names): Uint8Array {
  const manifest = filled(names);
  const wrong = [
    ...whatIsWrong('manifest.json', JSON.parse(manifest)),
    ...whatIsWrong('de.json', JSON.parse(read('de.json').toString('utf8'))),
  ];
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  const files: [string, Uint8Array][] = [
    ['manifest.json', Buffer.from(manifest)],
    ...FILES.map((name): [string, Uint8Array] => [name, read(name)]),
  ];
  const inOrder = Object.fromEntries(files.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return zipSync(inOrder, { level: 9, mtime: ZIPPED });
}

function main([to = fileURLToPath(new URL('../dist/forthright.zip', import.meta.url))]: string[]): void {
  try {
    const zip = makePackage(readNames(process.env));
    mkdirSync(dirname(resolve(to)), { recursive: true });
    writeFileSync(to, zip);
    process.stdout.write(`${to}: upload it in the Teams admin center, under Manage apps.\n`);
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (import.meta.main) main(process.argv.slice(2));
