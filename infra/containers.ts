/** Writes what cosmos.bicep makes: `node infra/containers.ts && npm run format`, after a change of the containers. A test compares the two. */
import { writeFileSync } from 'node:fs';
import { CONTAINERS, NAMES } from '../bot/store/cosmos-containers.ts';
import { toRequest } from '../bot/store/cosmos-client.ts';

const all = NAMES.map((name) => toRequest(name, CONTAINERS[name]));
writeFileSync(new URL('containers.json', import.meta.url), `${JSON.stringify(all, null, 2)}\n`);
