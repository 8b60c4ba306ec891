import { z } from 'zod';
import type { Deps } from '../app/ports.ts';
import { rolesOf } from '../domain/directory.ts';
import { type Incoming, tenantOf } from './activity.ts';
import type { Connector } from './connector.ts';
import type { Actor } from './turn.ts';

const Member = z.object({
  userPrincipalName: z.string().optional(),
  tenantId: z.string().optional(),
  userRole: z.string().optional(),
});

/**
 * Tells whether somebody is a guest. No activity says so, and a guest's `userRole` reads `user` (MicrosoftDocs/msteams-docs,
 * issue 6381); but the sign-in name of an account that belongs to another organisation holds `#EXT#`. So the roster of the
 * chat is asked, one request, until the person was greeted: who was greeted had been looked up before. People whom the
 * directory names were let in by the operator. Throws where the roster cannot be had: nobody is let in unseen.
 */
export async function isGuest(
  deps: Pick<Deps, 'store' | 'directory'>,
  connector: Pick<Connector, 'member'>,
  activity: Incoming,
  { id, asker }: Actor,
): Promise<boolean> {
  if (rolesOf(deps.directory(), id).length > 0 || (await deps.store.greeted(asker.greetingTag()))) return false;
  const { serviceUrl, conversation, from } = activity;
  const {
    userPrincipalName = '',
    tenantId,
    userRole,
  } = Member.parse(await connector.member(serviceUrl, conversation.id, from.id));
  const isForeign =
    tenantId !== undefined && tenantOf(activity) !== '' && tenantId.toLowerCase() !== tenantOf(activity);
  return isForeign || userRole === 'anonymous' || userPrincipalName.toUpperCase().includes('#EXT#');
}
