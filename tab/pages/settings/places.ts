import type { Settings } from '../../../bot/http/api/settings.ts';
import { type Key, say } from '../../words.ts';
import type { Part } from './page-parts.ts';

/** In which part of the page the field at this place stands. */
export function partOf(at: string): Part {
  if (/^(leaders|curators|admins)\b/.test(at)) return 'people';
  return at.startsWith('policy') ? 'policy' : 'topics';
}

const GROUPS: Record<string, Key> = {
  leaders: 'settings.leaders',
  curators: 'settings.curators',
  admins: 'settings.admins',
  delegates: 'settings.delegates',
  topics: 'settings.topics',
  holidays: 'settings.holidays',
  audience: 'settings.audience',
  name: 'settings.name',
  title: 'settings.title',
  id: 'settings.id',
  day: 'settings.day',
  leader: 'settings.defaultLeader',
  channel: 'settings.defaultChannel',
  questions: 'settings.questionsADay',
  votes: 'settings.votesADay',
  size: 'settings.mixSize',
  minutes: 'settings.mixMinutes',
  overdueDays: 'settings.overdueDays',
  dryDays: 'settings.dryDays',
  language: 'settings.defaultLanguage',
};

/** What a person calls that field: its group, whose it is, and its label. */
export function nameOf(at: string, settings: Settings): string {
  let value: unknown = at.startsWith('policy') ? settings : settings.directory;
  const parts = at.split('.').flatMap((step) => {
    value = (value as Record<string, unknown> | undefined)?.[step];
    if (!/^\d+$/.test(step)) return GROUPS[step] === undefined ? [] : [say(GROUPS[step])];
    const name = typeof value === 'string' ? value : (value as { name?: string } | undefined)?.name;
    return [name || String(Number(step) + 1)];
  });
  return parts.join(', ');
}
