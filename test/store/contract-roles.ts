import assert from 'node:assert/strict';
import type { Channel, Met } from '../../bot/app/ports.ts';
import { CHANNEL, ines, kofi, SECOND_CHANNEL, TEAM, TENANT } from '../support/cast.ts';
import type { Given } from './contract.ts';

const serviceUrl = 'https://smba.trafficmanager.net/emea/';

const met = (id: string, conversation: string): Met => ({
  id,
  address: { conversation, tenant: TENANT.id, serviceUrl },
  greeted: ['leader'],
});

const channel = ({ id, name }: { id: string; name: string }, change: Partial<Channel> = {}): Channel => ({
  id,
  name,
  team: TEAM.id,
  teamName: TEAM.name,
  tenant: TENANT.id,
  serviceUrl,
  greeted: false,
  ...change,
});

const byName = (one: Channel, other: Channel): number => one.name.localeCompare(other.name);

export function rolesContract(store: Given): void {
  describe('someone with a role', () => {
    it('is met once the bot has met them, and as it met them last', async () => {
      assert.equal(await store().met(ines.aadObjectId), undefined);
      await store().putMet(met(ines.aadObjectId, 'an older chat'));
      await store().putMet(met(ines.aadObjectId, ines.conversationId));
      await store().putMet(met(kofi.aadObjectId, kofi.conversationId));
      assert.deepEqual(await store().met(ines.aadObjectId), met(ines.aadObjectId, ines.conversationId));
    });

    it('may have an id with marks in it that mean something in addresses and queries', async () => {
      const id = `29:1a/b\\c?d#e%2F'f"g+h=`;
      await store().putMet(met(id, ines.conversationId));
      assert.deepEqual(await store().met(id), met(id, ines.conversationId));
      assert.equal(await store().met('29:1a/b'), undefined);
    });
  });

  describe('a channel', () => {
    it('is known once it was put, with or without its group', async () => {
      const [general, asks] = [channel(CHANNEL, { groupId: TEAM.aadGroupId }), channel(SECOND_CHANNEL)];
      assert.deepEqual(await store().channels(), []);
      await store().putChannel(general);
      await store().putChannel(asks);
      assert.deepEqual(await store().channel(general.id), general);
      assert.deepEqual((await store().channels()).toSorted(byName), [asks, general]);
    });

    it('that is put again has its new name, and stands there once', async () => {
      await store().putChannel(channel(CHANNEL));
      const renamed = channel({ ...CHANNEL, name: 'Town hall' }, { greeted: true });
      await store().putChannel(renamed);
      assert.deepEqual(await store().channels(), [renamed]);
    });

    it('that is erased is not known any more, alone', async () => {
      await store().putChannel(channel(CHANNEL));
      await store().putChannel(channel(SECOND_CHANNEL));
      await store().eraseChannel(CHANNEL.id);
      await store().eraseChannel(CHANNEL.id);
      assert.equal(await store().channel(CHANNEL.id), undefined);
      assert.deepEqual(await store().channels(), [channel(SECOND_CHANNEL)]);
    });
  });
}
