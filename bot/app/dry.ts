import { type Sending, trySend } from './attempt.ts';
import type { DryStream } from './carrying.ts';
import { candidates, type Stream, streams } from './planner.ts';
import { Conflict } from './ports.ts';

/**
 * Tells curators by a card that nothing is planned for a Slot that is near: once, until the stream is filled again. Told first
 * and written down then: where a process dies in between, the card stands twice.
 */
export async function warnOfDryStreams(deps: Sending): Promise<void> {
  for (const stream of await streams(deps)) {
    const isDry = stream.dryAt !== undefined;
    if (stream.kept === undefined || isDry === stream.kept.warned) continue;
    if (!isDry || (await warn(deps, stream))) await remember(deps, stream, isDry);
  }
}

/** Whether anybody was told. */
async function warn(deps: Sending, { channel, slots, dryAt = 0 }: Stream): Promise<boolean> {
  const { store, courier, pace } = deps;
  const ready = (await candidates(deps)).length;
  const dry: DryStream = { channel, at: dryAt, zone: slots?.zone ?? 'UTC', ready };
  let told = false;
  for (const { id } of deps.directory().curators) {
    const met = await store.met(id);
    const go = async (conversation?: string) => {
      if (conversation !== undefined) await pace.turn(conversation);
    };
    const outcome = await trySend(deps, () => courier.warn({ dry, to: { id, met } }, go));
    told ||= 'sent' in outcome;
  }
  return told;
}

async function remember({ store }: Sending, { kept }: Stream, warned: boolean): Promise<void> {
  if (kept === undefined) return;
  const { version, ...slots } = kept;
  try {
    await store.saveSlots({ ...slots, warned }, version);
  } catch (error) {
    // A curator changed the Slots just now: what that comes to is seen at the next look.
    if (!(error instanceof Conflict)) throw error;
  }
}
