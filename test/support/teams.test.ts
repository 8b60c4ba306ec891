import assert from 'node:assert/strict';
import { CHANNEL, SECOND_CHANNEL, TEAM, TENANT, ines, noor, crowd, everyone, guests } from './cast.ts';
import { startTeams } from './teams.ts';
import type { Teams } from './teams.ts';

const card = (text: string) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text }] },
    },
  ],
});
const chat = (memberId: string) => ({ members: [{ id: memberId }], tenantId: TENANT.id });
const post = (text: string) => ({
  isGroup: true,
  channelData: { channel: { id: CHANNEL.id } },
  activity: { type: 'message', text },
});

const activities = (id: string) => `v3/conversations/${encodeURIComponent(id)}/activities`;
const members = (id: string) => `v3/conversations/${encodeURIComponent(id)}/members`;

describe('the stand-in for Teams', () => {
  let teams: Teams;
  beforeEach(async () => void (teams = await startTeams()));
  afterEach(() => teams.stop());

  async function call(method: string, path: string, body?: unknown, base = teams.url) {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: 'Bearer a-secret' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  }
  const say = (conversationId: string, text: string) =>
    call('POST', activities(conversationId), { type: 'message', text });
  const texts = (conversationId: string) => teams.conversation(conversationId).map((one) => one.text);

  describe('chats', () => {
    it('gives a member always the same chat, by either id, which is the one of their incoming activities', async () => {
      const first = await call('POST', 'v3/conversations', chat(ines.id));
      const again = await call('POST', 'v3/conversations', chat(ines.aadObjectId));
      assert.equal(first.status, 201);
      assert.deepEqual(first.body, { id: ines.conversationId });
      assert.deepEqual(again.body, first.body);
    });

    it('gives strangers a chat each, and the same one again', async () => {
      const one = await call('POST', 'v3/conversations', chat('29:one'));
      const two = await call('POST', 'v3/conversations', chat('29:two'));
      assert.notEqual(one.body.id, two.body.id);
      assert.deepEqual((await call('POST', 'v3/conversations', chat('29:one'))).body, one.body);
      await say(one.body.id, 'hello');
      assert.deepEqual(
        teams.chatWith({ id: '29:one' }).map((message) => message.text),
        ['hello'],
      );
    });

    it('refuses a chat without a tenant, as Teams does', async () => {
      const { status, body } = await call('POST', 'v3/conversations', { members: [{ id: ines.id }] });
      assert.equal(status, 400);
      assert.equal(body.error.message, 'Could not parse tenant id');
      assert.equal((await call('POST', 'v3/conversations', {})).status, 400);
    });

    it('keeps messages in order, and shows what an update made of them', async () => {
      const first = await call('POST', activities(ines.conversationId), card('open'));
      await say(ines.conversationId, 'second');
      const path = `${activities(ines.conversationId)}/${first.body.id}`;
      assert.deepEqual((await call('PUT', path, card('answered'))).body, { id: first.body.id });
      const [updated, second] = teams.chatWith(ines);
      assert.deepEqual(updated?.card?.body, [{ type: 'TextBlock', text: 'answered' }]);
      assert.equal(updated?.updates, 1);
      assert.equal(second?.text, 'second');
      assert.deepEqual(teams.chatWith(noor), []);
    });

    it('drops what was deleted, and knows nothing of messages that are not there', async () => {
      const { body } = await say(ines.conversationId, 'gone soon');
      const path = `${activities(ines.conversationId)}/${body.id}`;
      assert.equal((await call('DELETE', path)).status, 200);
      assert.deepEqual(teams.chatWith(ines), []);
      assert.equal((await call('DELETE', path)).status, 404);
      assert.equal((await call('PUT', path, card('x'))).status, 404);
    });

    it("does not update a message by way of somebody else's chat", async () => {
      const { body } = await say(ines.conversationId, 'for Ines');
      assert.equal((await call('PUT', `${activities(noor.conversationId)}/${body.id}`, card('x'))).status, 404);
    });
  });

  describe('channels', () => {
    it('starts a thread with a root post, to which replies are added in any of the three ways', async () => {
      const root = await call('POST', 'v3/conversations', post('question'));
      assert.equal(root.body.id, `${CHANNEL.id};messageid=${root.body.activityId}`);
      await say(root.body.id, 'answer');
      await call('POST', `${activities(root.body.id)}/${root.body.activityId}`, { text: 'follow-up' });
      await call('POST', `${activities(CHANNEL.id)}/${root.body.activityId}`, { text: 'reply' });
      assert.deepEqual(texts(root.body.id), ['question', 'answer', 'follow-up', 'reply']);
      assert.deepEqual(teams.channelThread(CHANNEL.id), teams.conversation(root.body.id));
    });

    it('keeps the threads of a channel apart, and a message to the channel itself is a root post', async () => {
      await call('POST', 'v3/conversations', post('one'));
      await say(CHANNEL.id, 'two');
      assert.deepEqual(
        teams.channelThreads(CHANNEL.id).map((thread) => thread.map((one) => one.text)),
        [['one'], ['two']],
      );
      assert.deepEqual(texts(CHANNEL.id), ['one', 'two']);
      assert.deepEqual(teams.channelThread(SECOND_CHANNEL.id), []);
    });

    it('updates a root post by the id of the channel or of the thread', async () => {
      const root = await call('POST', 'v3/conversations', post('question'));
      for (const id of [CHANNEL.id, root.body.id]) {
        await call('PUT', `${activities(id)}/${root.body.activityId}`, { text: `edited in ${id}` });
        assert.equal(teams.channelThread(CHANNEL.id)[0]?.text, `edited in ${id}`);
      }
    });

    it('lists the channels, of which General has no name', async () => {
      const { body } = await call('GET', `v3/teams/${encodeURIComponent(TEAM.id)}/conversations`);
      assert.deepEqual(body, { conversations: [{ id: TEAM.id }, SECOND_CHANNEL] });
    });
  });

  it('knows who is in a chat and in a channel', async () => {
    const inChat = await call('GET', members(noor.conversationId));
    assert.deepEqual(
      inChat.body.map((one: { id: string }) => one.id),
      [noor.id],
    );
    const one = await call('GET', `${members(CHANNEL.id)}/${encodeURIComponent(ines.aadObjectId)}`);
    assert.equal(one.body.id, ines.id);
    const paged = await call('GET', `v3/conversations/${encodeURIComponent(CHANNEL.id)}/pagedmembers?pageSize=200`);
    assert.equal(paged.body.members.length, everyone.length + guests.length + crowd.length);
    assert.equal((await call('GET', `${members(noor.conversationId)}/${encodeURIComponent(ines.id)}`)).status, 404);
  });

  it('records every request without its token, whatever path stands before /v3', async () => {
    for (const prefix of ['/', '/emea/', '/a/b/']) {
      const path = activities(noor.conversationId);
      assert.equal((await call('POST', path, { text: 'å' }, new URL(prefix, teams.url).href)).status, 201);
    }
    const [seen] = teams.requests;
    assert.equal(seen?.path, `/v3/conversations/${noor.conversationId}/activities`);
    assert.equal(seen?.bytes, Buffer.byteLength('{"text":"å"}'));
    assert.deepEqual(
      teams.requests.map((one) => one.prefix),
      ['', '/emea', '/a/b'],
    );
    assert.doesNotMatch(JSON.stringify(teams.requests), /a-secret/);
    assert.equal((await call('GET', 'v3/unheard-of')).status, 404);
  });

  it('refuses a message that is too big for Teams, and a body that is no JSON', async () => {
    assert.equal((await say(noor.conversationId, 'x'.repeat(101 * 1024))).status, 413);
    const url = `${teams.url}${activities(noor.conversationId)}`;
    assert.equal((await fetch(url, { method: 'POST', body: '{' })).status, 400);
    assert.deepEqual(teams.chatWith(noor), []);
  });

  describe('faults', () => {
    it('refuse the next requests with status and headers, then no more', async () => {
      const fault = teams.fail({ times: 2, status: 429, headers: { 'Retry-After': '30' } });
      const refused = await say(noor.conversationId, 'one');
      assert.equal(refused.status, 429);
      assert.equal(refused.headers.get('retry-after'), '30');
      assert.equal(fault.left(), 1);
      assert.equal((await say(noor.conversationId, 'two')).status, 429);
      assert.equal((await say(noor.conversationId, 'three')).status, 201);
      assert.deepEqual(texts(noor.conversationId), ['three']);
    });

    it('befall only the requests that match', async () => {
      teams.fail({ status: 412, match: ({ path }) => path.includes(ines.conversationId) });
      assert.equal((await say(noor.conversationId, 'to Noor')).status, 201);
      assert.equal((await say(ines.conversationId, 'to Ines')).status, 412);
    });

    it('answer 502 although the message was delivered', async () => {
      teams.fail({ status: 502, deliver: true });
      assert.equal((await say(noor.conversationId, 'arrived')).status, 502);
      assert.deepEqual(texts(noor.conversationId), ['arrived']);
    });

    it('reset the connection, before or after the delivery', async () => {
      teams.fail({ reset: true });
      teams.fail({ reset: true, deliver: true });
      await assert.rejects(say(noor.conversationId, 'lost'));
      await assert.rejects(say(noor.conversationId, 'arrived'));
      assert.deepEqual(texts(noor.conversationId), ['arrived']);
    });

    it('answer late', async () => {
      teams.fail({ delayMs: 60 });
      const start = performance.now();
      assert.equal((await say(noor.conversationId, 'slow')).status, 201);
      assert.ok(performance.now() - start >= 59);
    });

    it('are refused when they mean nothing', () => {
      assert.throws(() => teams.fail({}), /needs a status/);
      assert.throws(() => teams.fail({ delayMs: 5, deliver: false }), /needs a status/);
    });
  });

  describe('waiting', () => {
    it('ends with what was waited for', async () => {
      const waiting = teams.until(() => teams.chatWith(noor)[0]);
      await say(noor.conversationId, 'here');
      assert.equal((await waiting).text, 'here');
    });

    it('is bounded, and tells what was seen', async () => {
      await say(noor.conversationId, 'something else');
      await assert.rejects(
        teams.until(() => false, { ms: 20 }),
        /something else/,
      );
    });

    it('for quiet outlasts an open request, and is bounded', async () => {
      teams.fail({ delayMs: 80 });
      const slow = say(noor.conversationId, 'slow');
      await teams.until(() => teams.requests.length === 1);
      await assert.rejects(teams.settled({ quietMs: 10, ms: 20 }), /Nothing of the kind/);
      await teams.settled({ quietMs: 10 });
      assert.equal((await slow).status, 201);
    });
  });
});
