import assert from 'node:assert/strict';
import { kofi } from '../support/cast.ts';
import { type Card, textOf } from '../support/client.ts';
import { type Asked, UNSURE } from './ledger.ts';
import type { Point } from './points.ts';
import type { People } from './people.ts';

/** A curator looks into the channel, and says what is there. */
export async function settle(world: People, asked: Asked): Promise<void> {
  for (;;) {
    const card = world.cards(kofi).findLast((one) => textOf(one).includes(asked.words));
    if (card === undefined || !UNSURE.test(textOf(card))) return;
    await settleOne(world, asked, card);
    await world.settled();
  }
}

async function settleOne(world: People, asked: Asked, card: Card): Promise<void> {
  const client = world.client(kofi);
  const there = world.teams.channelThreads(asked.channels.at(-1) ?? '').flat();
  const stands = there.some(({ card }) => textOf(card as Card).includes(asked.answer ?? ' '));
  const offers = textOf(card).includes('It is there');
  if (!(offers && stands)) asked.again += 1;
  const { status } = await client.press(card, offers && stands ? 'It is there' : 'It is missing, post again');
  assert.equal(status, 200);
}

/** Something that people do besides. */
export async function wander(world: People): Promise<void> {
  const act = world.one(['asks', 'answers', 'votes'] as const);
  if (act === 'asks') return void (await world.asks());
  const asked = await open(world);
  await (act === 'answers' ? world.answers(asked) : world.votes(asked.leader));
}

/** A question that is in such a state for sure, made where there is none. */
export async function open(world: People): Promise<Asked> {
  const known = world.asked.filter(({ mayBe, id }) => mayBe.join() === 'open' && id !== undefined);
  if (known.length > 0) return world.one(known);
  const asked = await world.asks();
  await identified(world, asked);
  return asked;
}

async function answered(world: People): Promise<Asked> {
  const known = world.asked.filter(({ mayBe, channels }) => mayBe.join() === 'answered' && channels.length === 0);
  if (known.length > 0) return world.one(known);
  const asked = await open(world);
  await world.answers(asked);
  return asked;
}

async function identified(world: People, asked: Asked): Promise<void> {
  await world.settled();
  const { questions } = await world.ground.read();
  asked.id = questions.find(({ words }) => words === asked.words)?.id ?? '';
}

async function waiting(world: People): Promise<Asked> {
  if ((await world.busy()).waiting === 0) await world.asks();
  const { questions } = await world.ground.read();
  const kept = new Set(questions.map(({ words }) => words));
  const found = world.asked.findLast(({ words, mayBe }) => mayBe.join() === 'open' && !kept.has(words));
  assert.ok(found, 'Nothing waits');
  return found;
}

/** Leads up to the act. */
export async function prepare(world: People, { during }: Point): Promise<() => Promise<unknown>> {
  switch (during) {
    case 'asks':
      return () => world.asks();
    case 'asks, mixed':
      if ((await world.busy()).waiting === 0) await world.asks();
      return () => world.asks();
    case 'answers': {
      const asked = await open(world);
      return () => world.answers(asked);
    }
    case 'publishes': {
      const asked = await answered(world);
      return () => world.publishes(asked);
    }
    case 'publishes in two channels': {
      const asked = await answered(world);
      return () => world.publishesInTwo(asked);
    }
    case 'votes': {
      const asked = await world.asks();
      await identified(world, asked);
      return () => world.votes(asked.leader);
    }
    case 'follows up': {
      const asked = await answered(world);
      return () => world.followsUp(asked);
    }
    case 'withdraws': {
      const asked = await open(world);
      return () => world.withdraws(asked);
    }
    case 'withdraws, waiting': {
      const asked = await waiting(world);
      return () => world.withdraws(asked);
    }
    case 'first start':
    case 'turn of the week':
    case 'destruction':
      throw new Error(`Nobody does this: ${during}`);
  }
}
