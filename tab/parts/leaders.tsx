import type { Me } from '../me.ts';
import { say } from '../words.ts';
import { Choice } from './choice.tsx';

type Leader = Me['leaders'][number];

export const titleOf = ({ name, title }: Leader): string => (title === undefined ? name : `${name}, ${title}`);

/** The leader whose list is shown: the one chosen, else the default, else the first. */
export const leaderShown = ({ leaders, defaultLeader }: Me, wanted: string | undefined): Leader | undefined =>
  [wanted, defaultLeader]
    .map((id) => leaders.find((leader) => leader.id === id))
    .find((leader) => leader !== undefined) ?? leaders[0];

interface Given {
  readonly me: Me;
  readonly value: string;
  readonly any?: string;
  readonly onChoose: (leader: string) => void;
}

export function LeaderChoice({ me, ...rest }: Given) {
  const choices = me.leaders.map((leader) => ({ value: leader.id, title: titleOf(leader) }));
  return <Choice label={say('reading.leader')} choices={choices} {...rest} />;
}
