import assert from 'node:assert/strict';
import type { Channel } from '../../bot/app/ports.ts';
import { render } from '../../bot/cards/cards.ts';
import { speak } from '../../bot/cards/say.ts';
import { answer } from '../../bot/domain/answer.ts';
import { ask } from '../../bot/domain/life.ts';
import { publish } from '../../bot/domain/publication.ts';
import { isRefusal } from '../../bot/domain/refusal.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { curateView } from '../../bot/teams/courier.ts';
import { CHANNEL, ines, kofi, TEAM, TENANT } from '../support/cast.ts';
import { partsOf, textOf } from '../support/client.ts';

const general: Channel = {
  id: CHANNEL.id,
  name: 'General',
  team: TEAM.id,
  teamName: TEAM.name,
  groupId: TEAM.aadGroupId,
  tenant: TENANT.id,
  serviceUrl: 'https://smba.trafficmanager.net/amer/',
  greeted: true,
};

/** A thread that stands in General, as its curator's card shows it. */
async function curated(isLocal: boolean, channel: Channel = general) {
  const store = openSqlite(':memory:');
  await store.putChannel(channel);
  const leader = { id: ines.aadObjectId, name: ines.name };
  const asked = ask({ id: 'q', leader: leader.id, words: 'Why?', week: '2026-W48' });
  const answered = answer(asked, { words: 'Because.', leader, submission: 's' }, [kofi.aadObjectId]);
  assert.ok(!isRefusal(answered));
  const begun = publish(answered, kofi.name, [channel.id]);
  assert.ok(!isRefusal(begun) && begun.state === 'answered');
  const root = {
    post: { conversation: `${channel.id};messageid=1690000000123`, activity: '1690000000123' },
    signed: false,
  };
  const publications = begun.publications.map((one) => ({ ...one, state: 'posted' as const, root }));
  const directory = () => ({
    leaders: [{ ...leader, delegates: [] }],
    curators: [],
    admins: [],
    topics: [],
    defaults: {},
  });
  const card = render(await curateView(speak('en'), { store, directory }, { isLocal }, { ...begun, publications }));
  await store.close();
  return card;
}

const links = (card: Awaited<ReturnType<typeof curated>>) =>
  partsOf(card).flatMap(({ url }) => (typeof url === 'string' ? [url] : []));

describe("a curator's card", () => {
  it('links to the post in the channel, by the form that Teams documents', async () => {
    const [link] = links(await curated(false));
    const url = new URL(link ?? '');
    assert.equal(
      url.origin + decodeURIComponent(url.pathname),
      `https://teams.microsoft.com/l/message/${CHANNEL.id}/1690000000123`,
    );
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      tenantId: TENANT.id,
      groupId: TEAM.aadGroupId,
      parentMessageId: '1690000000123',
    });
  });

  it('shows no link where no client could follow it', async () => {
    const card = await curated(true);
    assert.match(textOf(card), /Published in General by Kofi Tamarisk/);
    assert.deepEqual(links(card), []);
  });
});
