import { regionOf } from '../domain/region.ts';
import type { Channel } from './ports.ts';

/**
 * A link to a post in a channel (Microsoft: "Deep link to Teams chat", to a channel conversation). Nothing where it would
 * lead nowhere: only the clients of Teams can follow one.
 */
export function linkToPost({ id, groupId, tenant, serviceUrl }: Channel, activity: string): string | undefined {
  if (groupId === undefined || regionOf(serviceUrl) === undefined) return undefined;
  const query = new URLSearchParams({ tenantId: tenant, groupId, parentMessageId: activity });
  return `https://teams.microsoft.com/l/message/${encodeURIComponent(id)}/${activity}?${query.toString()}`;
}
