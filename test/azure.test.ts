import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { TENANT } from './support/cast.ts';
import { makeCertificate } from './support/certificate.ts';
import { type Login, startLogin } from './support/login.ts';

const AZURE = join(import.meta.dirname, '../bot/azure.ts');
const AUDIENCE = 'https://api.botframework.com';

/** Azure's library looks once in the life of a process on what kind of machine it is: each time another process. */
async function tokenOf(client: string | undefined, environment: Readonly<Record<string, string>>): Promise<string> {
  const script = `
    import { managedIdentity } from ${JSON.stringify(AZURE)};
    const { token } = await managedIdentity(${JSON.stringify(client)}).getToken('${AUDIENCE}/.default');
    process.stdout.write(token);`;
  const words = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, words, { env: { PATH: process.env['PATH'], ...environment } });
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return said || complained;
}

describe('The bot’s identity in Azure', () => {
  let login: Login;
  before(async () => void (login = await startLogin(TENANT.id, { secret: '', certificate: makeCertificate() })));
  after(() => login.stop());

  const places: Record<string, () => Readonly<Record<string, string>>> = {
    'Container Apps and App Service': () => login.machine,
    'a virtual machine': () => login.virtualMachine,
  };
  for (const [place, environment] of Object.entries(places))
    it(`is given a token on ${place}, its own and nobody else’s`, async () => {
      const [client, before] = [randomUUID(), login.grants.length];
      assert.equal(await tokenOf(client, environment()), `token ${before + 1}`);
      assert.deepEqual(login.grants.slice(before), [{ by: 'managed identity', client, audience: AUDIENCE }]);
    });
});
