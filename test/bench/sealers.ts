import type { Asker, Sealer } from '../../bot/app/ports.ts';

/** As long as the real ones, so that Seals and what waits are of one size; Slips and tags are a few bytes shorter. */
const CAPSULE = 'A'.repeat(1430);
const WAITING = 10_960;

/** A Sealer that does nothing: ids are names, and what is sealed stands in the clear. */
export function makeBareSealer(epoch: string): Sealer {
  return {
    asker: ({ id }) => bareAsker(id, epoch),
    sealId: (question) => `seal ${question}`,
    waitingId: (question) => `waiting ${question}`,
    sealWaiting: async (question, text) => ({ id: `waiting ${question}`, epoch, capsule: text.padEnd(WAITING) }),
    openWaiting: async ({ capsule }) => capsule.trimEnd(),
    countVoters: async (ballots) => new Set(ballots.flatMap(({ votes }) => votes.map(({ voter }) => voter))).size,
  };
}

function bareAsker(id: string, epoch: string): Asker {
  return {
    questionId: (submission) => submission,
    entryId: (submission) => submission,
    seal: async () => ({ epoch, capsule: CAPSULE }),
    epochs: () => [epoch],
    slipTag: (epoch, n) => `${epoch} ${id} ${n}`,
    writeSlip: (_epoch, _tag, question = '') => question,
    readSlip: (_epoch, _tag, slip) => (slip === '' ? undefined : slip),
    reactionTag: (question) => `${question.id} ${id} reaction`,
    voteTag: (question) => `${question.id} ${id}`,
    sealVoter: () => id,
    greetingTag: () => id,
    blockTags: () => [],
    dayTag: (day, ...parts) => [day, id, ...parts].join(' '),
  };
}
