import { randomUUID } from 'node:crypto';
import assert from 'node:assert/strict';
import { readConfig } from '../../bot/config.ts';
import { makeAuthentication } from '../../bot/teams/adapter.ts';
import { type Connector, makeConnector, type Message } from '../../bot/teams/connector.ts';
import { attempt } from '../../bot/teams/outcome.ts';
import type { Post } from '../../bot/domain/delivery.ts';
import { CHANNEL, ines, TENANT } from '../support/cast.ts';
import { openScene } from '../support/scene.ts';
import { type Fault, startTeams, type Teams } from '../support/teams.ts';

const MESSAGE: Message = {
  type: 'message',
  summary: 'A card',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } }],
};

describe('on the wire to Teams', () => {
  let teams: Teams;
  let connector: Connector;
  beforeEach(async () => {
    teams = await startTeams();
    const config = readConfig({ PORT: '0', SERVICE_URL: teams.url });
    connector = makeConnector(makeAuthentication(config), config);
  });
  afterEach(() => teams.stop());

  /** Each kind of request that a delivery makes. */
  const requests: Record<string, () => Promise<Post>> = {
    'a message': () => connector.send(teams.url, ines.conversationId, MESSAGE),
    'an update': () =>
      connector.update(teams.url, { conversation: ines.conversationId, activity: '1700000000001' }, MESSAGE),
    'a new post': () => connector.postRoot(teams.url, CHANNEL.id, MESSAGE),
    'a new chat': async () => ({
      conversation: await connector.openChat(teams.url, TENANT.id, ines.aadObjectId),
      activity: '',
    }),
  };
  const faults: Record<string, { fault: Fault; outcome: object }> = {
    408: { fault: { status: 408 }, outcome: { unknown: '408' } },
    412: { fault: { status: 412 }, outcome: { refused: '412' } },
    429: { fault: { status: 429 }, outcome: { refused: '429' } },
    '429 with Retry-After': {
      fault: { status: 429, headers: { 'retry-after': '1' } },
      outcome: { refused: '429', retryAfterMs: 1000 },
    },
    500: { fault: { status: 500 }, outcome: { unknown: '500' } },
    502: { fault: { status: 502 }, outcome: { unknown: '502' } },
    503: { fault: { status: 503 }, outcome: { unknown: '503' } },
    504: { fault: { status: 504 }, outcome: { unknown: '504' } },
    'a reset': { fault: { reset: true }, outcome: { unknown: 'ECONNRESET' } },
    403: { fault: { status: 403 }, outcome: { permanent: '403' } },
    404: { fault: { status: 404 }, outcome: { permanent: '404' } },
    413: { fault: { status: 413 }, outcome: { permanent: '413' } },
  };
  for (const [what, send] of Object.entries(requests)) {
    for (const [said, { fault, outcome }] of Object.entries(faults)) {
      it(`${what} is one request when Teams says ${said}`, async () => {
        const armed = teams.fail({ ...fault, times: 5 });
        assert.deepEqual(await attempt(send), outcome);
        // A second one would come after a pause: it would have been let in by now.
        await teams.settled({ quietMs: 50 });
        assert.deepEqual([teams.requests.length, armed.left()], [1, 4]);
      });
    }
  }

  for (const name of Object.keys(requests))
    it(`${name} is not sent where the bot is given no token, and that is known: it can be tried again`, async () => {
      const expired = Object.assign(new Error('AADSTS7000222: The secret has expired'), {
        errorCode: 'invalid_client',
      });
      const identity = { getToken: () => Promise.reject(expired) };
      const [appId, tenant] = [randomUUID(), TENANT.id];
      const auth = makeAuthentication({ appId, tenant, appPassword: '', appType: 'UserAssignedMSI', identity });
      connector = makeConnector(auth, { appId, isLocal: true });
      assert.deepEqual(await attempt(requests[name]!), { refused: 'no-token' });
      assert.equal(teams.requests.length, 0);
    });

  it('a hundred messages, four at once, are sent over four connections', async () => {
    const send = requests['a message'] as () => Promise<Post>;
    const four = Array.from({ length: 4 }, async () => {
      for (let n = 0; n < 25; n += 1) await send();
    });
    await Promise.all(four);
    assert.equal(teams.requests.length, 100);
    assert.equal(teams.connections(), 4);
  });
});

describe('the bot as it is started', () => {
  it('writes to one person no more than once a second', async () => {
    const scene = await openScene({ isPaced: true });
    try {
      for (const words of ['First?', 'Second?']) await scene.asked(words);
      const sent = scene.teams.requests.filter(({ path, body }) => {
        return path.includes(ines.conversationId) && /First|Second/.test(JSON.stringify(body));
      });
      assert.equal(sent.length, 2);
      assert.ok((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0) >= 990);
    } finally {
      await scene.close();
    }
  });
});
