import { curatorsAndAdmins, type Directory, leaderOf, queuesOf } from '../domain/directory.ts';
import type { Question } from '../domain/question.ts';
import type { Refusal } from '../domain/refusal.ts';

const NOT_ALLOWED: Refusal = { refused: 'not-allowed' };

/** The leader of this question, by the directory as it stands now; anybody else, a forwarded card in hand, is refused. */
export function asLeader(
  directory: Directory,
  question: Question,
  actor: string,
): { id: string; name: string } | Refusal {
  const leader = leaderOf(directory, actor);
  return leader && question.leader === actor ? leader : NOT_ALLOWED;
}

/** The leader or one of their delegates. */
export const mayDraft = (directory: Directory, question: Question, actor: string): boolean =>
  queuesOf(directory, actor).some((leader) => leader.id === question.leader);

export const asCurator = (directory: Directory, actor: string): { id: string; name: string } | Refusal =>
  directory.curators.find((curator) => curator.id === actor) ?? NOT_ALLOWED;

/** A curator or an admin. */
export const asComms = (directory: Directory, actor: string): { id: string; name: string } | Refusal =>
  curatorsAndAdmins(directory).find((person) => person.id === actor) ?? NOT_ALLOWED;

export const asAdmin = (directory: Directory, actor: string): { id: string; name: string } | Refusal =>
  directory.admins.find((admin) => admin.id === actor) ?? NOT_ALLOWED;

export const curatorIds = (directory: Directory): string[] => directory.curators.map((curator) => curator.id);
