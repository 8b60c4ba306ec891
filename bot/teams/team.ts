import { install } from '../app/meet.ts';
import type { Channel, Deps } from '../app/ports.ts';
import type { View } from '../cards/cards.ts';
import { speak } from '../cards/say.ts';
import { type Incoming, isAdded, tenantOf } from './activity.ts';
import type { Connector, Named } from './connector.ts';
import { type Forms, message } from './messages.ts';

export interface TeamNeeds {
  deps: Deps;
  connector: Connector;
  settings: { forms: Forms };
}

/** Something happened to a team, or to the bot in it: its channels are places to publish in. */
export async function onTeam(needs: TeamNeeds, activity: Incoming): Promise<void> {
  const { store } = needs.deps;
  const { team, channel, eventType } = activity.channelData ?? {};
  if (team === undefined) return;
  if (eventType === 'channelDeleted' && channel) return store.eraseChannel(channel.id);
  const isInstall = activity.type === 'installationUpdate';
  if (isInstall && activity.action?.startsWith('remove') === true) return forgetTeam(needs.deps, team.id);
  if (!isInstall && !isAdded(activity) && eventType?.startsWith('channel') !== true) return;
  const channels = (await needs.connector.channels(activity.serviceUrl, team.id)).map((named) =>
    toChannel(activity, team, named),
  );
  const chosen = activity.conversation.id.split(';')[0] ?? team.id;
  if (await install(needs.deps, channels, isInstall ? chosen : '')) await greet(needs, activity.serviceUrl, chosen);
}

type Team = NonNullable<NonNullable<Incoming['channelData']>['team']>;

const toChannel = (activity: Incoming, team: Team, { id = team.id, name }: Named): Channel => ({
  id,
  // Teams gives the General channel the team's id, and no name.
  name: name ?? (id === team.id ? 'General' : 'A channel'),
  team: team.id,
  teamName: team.name ?? 'Team',
  ...(team.aadGroupId === undefined ? {} : { groupId: team.aadGroupId }),
  tenant: tenantOf(activity),
  serviceUrl: activity.serviceUrl,
  greeted: false,
});

async function greet({ deps, connector, settings }: TeamNeeds, serviceUrl: string, chosen: string): Promise<void> {
  const say = speak(deps.policy().language);
  const view: View = { card: 'channel-welcome', say, data: {} };
  const post = message(view, say('channelWelcome.title'), settings.forms);
  try {
    await connector.postRoot(serviceUrl, chosen, post);
  } catch (error) {
    // The next occasion tries again.
    const channel = await deps.store.channel(chosen);
    if (channel) await deps.store.putChannel({ ...channel, greeted: false });
    throw error;
  }
}

async function forgetTeam({ store }: Deps, team: string): Promise<void> {
  for (const channel of await store.channels()) if (channel.team === team) await store.eraseChannel(channel.id);
}
