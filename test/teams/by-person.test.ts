import assert from 'node:assert/strict';
import type { Courier } from '../../bot/app/carrying.ts';
import type { Asker, ReturnAddress, Seal } from '../../bot/app/ports.ts';
import { readConfig } from '../../bot/config.ts';
import { parseDirectory } from '../../bot/directory-file.ts';
import { settingsOf } from '../store/contract-settings.ts';
import { makeOpener, makeSealer } from '../../bot/seal/sealer.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { makeAuthentication } from '../../bot/teams/adapter.ts';
import { makeConnector } from '../../bot/teams/connector.ts';
import { makeCourier } from '../../bot/teams/courier.ts';
import { useSealing } from '../seal/sealing.ts';
import { fresh } from '../store/samples.ts';
import { directoryJson, noor, omar, type Person, TENANT } from '../support/cast.ts';
import { startTeams, type Teams } from '../support/teams.ts';

const LOCAL = { isLocal: true };

describe('A notice to who came by the tab', () => {
  const sealing = useSealing();
  let teams: Teams;
  let courier: Courier;
  let gone: string[];
  const go = async (conversation?: string) => void gone.push(conversation ?? '');

  beforeEach(async () => {
    teams = await startTeams();
    gone = [];
    const config = readConfig({ PORT: '0', SERVICE_URL: teams.url, MICROSOFT_APP_TENANT_ID: TENANT.id });
    const connector = makeConnector(makeAuthentication(config), config);
    const directory = parseDirectory(JSON.stringify(directoryJson()));
    const opener = makeOpener(sealing.openKeys(), LOCAL);
    const store = openSqlite(':memory:');
    courier = makeCourier(
      { store, directory: () => directory, policy: () => settingsOf(1).settings.policy, connector, opener },
      config,
    );
  });
  afterEach(() => teams.stop());

  /** The hand of somebody, as the chat makes it, or the tab. */
  function hand(person: Person, by: 'chat' | 'tab', serviceUrl = teams.url): Asker {
    const whom = by === 'tab' ? { person: person.aadObjectId } : { conversation: person.conversationId };
    const address = { ...whom, tenant: TENANT.id, serviceUrl } as ReturnAddress;
    const clock = { now: () => new Date(sealing.now) };
    return makeSealer(sealing.openKeys(), clock, LOCAL).asker({ id: person.aadObjectId, address });
  }

  async function sealed(by: 'chat' | 'tab', person = noor, serviceUrl?: string): Promise<[string, Seal]> {
    const question = fresh();
    return [question, await hand(person, by, serviceUrl).seal(question)];
  }

  it('opens the chat with them by their object id, and says what it says to everybody, byte for byte', async () => {
    for (const by of ['chat', 'tab'] as const)
      assert.ok('sent' in (await courier.notice(...(await sealed(by)), go)), by);
    const created = teams.requests.filter(({ path }) => path.endsWith('/v3/conversations'));
    const [creation] = created;
    assert.ok(creation !== undefined && created.length === 1, 'the tab alone has no chat at hand');
    const { members, tenantId } = creation.body as { members: { id: string }[]; tenantId: string };
    assert.deepEqual([members[0]?.id, members.length, tenantId], [noor.aadObjectId, 1, TENANT.id]);
    const sent = teams.requests.filter(({ path }) => path.includes(noor.conversationId));
    assert.equal(sent.length, 2);
    assert.deepEqual(sent[0]?.bytes, sent[1]?.bytes);
    assert.doesNotMatch(JSON.stringify(sent[0]?.body), new RegExp(noor.aadObjectId));
  });

  it('keeps to the pace by whom it is for, once for each attempt', async () => {
    await courier.notice(...(await sealed('tab', omar)), go);
    assert.deepEqual(gone, [omar.aadObjectId]);
  });

  it('is over where the app is not installed for them: nothing is sent, and a second attempt is not made', async () => {
    // Microsoft, "Send proactive messages": 403, the bot is not installed in the user's personal scope.
    teams.fail({ status: 403, match: ({ path }) => path.endsWith('/v3/conversations') });
    assert.deepEqual(await courier.notice(...(await sealed('tab')), go), { permanent: '403' });
    assert.equal(teams.requests.length, 1);
  });

  for (const [status, outcome] of [
    [429, { refused: '429' }],
    [503, { unknown: '503' }],
  ] as const)
    it(`is told as any other where Teams says ${status} to the new chat: one attempt, one request`, async () => {
      teams.fail({ status, times: 4 });
      assert.deepEqual(await courier.notice(...(await sealed('tab')), go), outcome);
      assert.equal(teams.requests.length, 1);
    });

  it('is not attempted in local mode without a Teams', async () => {
    assert.deepEqual(await courier.notice(...(await sealed('tab', noor, '')), go), { permanent: 'no-teams' });
    assert.deepEqual([gone, teams.requests], [[], []]);
  });

  it('has a Seal that nobody without keys can tell from one of the chat: as long, and nothing in clear', async () => {
    const seals = await Promise.all((['chat', 'tab', 'tab'] as const).map((by) => sealed(by)));
    const capsules = seals.map(([, { capsule }]) => Buffer.from(capsule, 'base64url'));
    assert.equal(new Set(capsules.map(({ length }) => length)).size, 1);
    for (const bytes of capsules) assert.ok(!bytes.includes(noor.aadObjectId) && !bytes.includes('person'));
    assert.equal(new Set(capsules.map((bytes) => bytes.toString('hex'))).size, 3);
  });
});
