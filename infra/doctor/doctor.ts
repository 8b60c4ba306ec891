import { type Config, ConfigFault, readConfig } from '../../bot/config.ts';
import { readCertificate } from '../../bot/certificate.ts';
import { type Finding, guarded, mend, ok } from './finding.ts';
import { lookAtKeys } from './keys.ts';
import { type Kept, lookAtStore } from './kept.ts';
import { lookAtDataFolder, lookAtDataShare, lookAtDesk, lookAtKeyShare, lookAtNode } from './machine.ts';
import { ENTRA, lookAtMicrosoft, lookAtSecret } from './network.ts';
import { lookAtDeliveries, lookAtPeople } from './people.ts';

/** What is outside, as an argument. */
export interface World {
  environment: Readonly<Record<string, string | undefined>>;
  node: string;
  now: () => Date;
  /** Where the built desk lies. */
  built: URL;
  /** Where Microsoft Entra signs in people and bots of a tenant. */
  entra: (tenant: string) => string;
}

export const REAL: World = {
  environment: process.env,
  node: process.versions.node,
  now: () => new Date(),
  built: new URL('../../dist/tab/', import.meta.url),
  entra: ENTRA,
};

/** Looks at a live configuration, part by part, and changes nothing: one that cannot be looked at keeps no other from it. */
export async function examineAll(world: World): Promise<Finding[]> {
  const node = lookAtNode(world.node);
  const read = settingsOf(world.environment);
  if (!('config' in read)) return [...node, ...read.faults];
  const { config } = read;
  const findings = [
    ...node,
    ok(config.isLocal ? 'settings: local mode, not for real questions' : 'settings: complete'),
  ];
  const add = async (what: string, look: () => Finding[] | Promise<Finding[]>) =>
    void findings.push(...(await guarded(what, look)));
  if (config.appCertificate !== '') await add('certificate', () => lookAtCertificate(config, world.now()));
  if (config.cosmos.endpoint === '') {
    await add('data folder', () => lookAtDataFolder(config));
    await add('place of the data', () => lookAtDataShare(config));
  }
  await add('place of the keys', () => lookAtKeyShare(config));
  await add('desk', () => lookAtDesk(config, world.built));
  if (!config.isLocal) await add('Microsoft', () => lookAtMicrosoft(world.entra(config.tenant), world.now));
  if (config.appPassword !== '') await add('secret of the bot', () => lookAtSecret(world.entra(config.tenant), config));
  await lookInside(config, add);
  return findings;
}

async function lookInside(config: Config, add: (what: string, look: () => Promise<Finding[]>) => Promise<void>) {
  const kept: Kept = { findings: [], isNew: false };
  await add('store', async () => Object.assign(kept, await lookAtStore(config)).findings);
  const { contents } = kept;
  try {
    await add('keys', () => lookAtKeys(config, kept));
    await add('people', () => lookAtPeople(config, contents));
    if (contents) await add('deliveries', () => lookAtDeliveries(contents));
  } finally {
    await contents?.close();
  }
}

function settingsOf(environment: World['environment']): { config: Config } | { faults: Finding[] } {
  try {
    return { config: readConfig(environment) };
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    return { faults: error.faults.map((fault) => mend('settings', fault)) };
  }
}

function lookAtCertificate({ appCertificate }: Config, now: Date): Finding[] {
  try {
    readCertificate(appCertificate, now);
    return [ok('certificate: readable, and valid')];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults.map((fault) => mend('certificate', fault));
    throw error;
  }
}
