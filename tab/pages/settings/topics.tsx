import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Settings, SettingsPage } from '../../../bot/http/api/settings.ts';
import { say } from '../../words.ts';
import type { Edit } from './draft.ts';
import { focusOn } from './faults.tsx';
import { ChoiceField, NumberField, Row, Rows, Section, TextField } from './fields.tsx';

const useStyles = makeStyles({
  fields: { display: 'grid', gap: '0.75rem', marginTop: '0.75rem', maxWidth: '26rem' },
  channels: { margin: '0.5rem 0 0', paddingInlineStart: '1.25rem', color: tokens.colorNeutralForeground2 },
});

interface Given {
  readonly settings: Settings;
  readonly edit: Edit;
  readonly channels: SettingsPage['channels'];
}

/** What questions are about, and what is suggested to whoever asks or publishes. */
export function Topics({ settings, edit, channels }: Given) {
  const { topics } = settings.directory;
  const rename = (n: number, text: string): void =>
    edit(({ directory }) => {
      const before = directory.topics[n];
      directory.topics[n] = text;
      // Leaders keep the topic under its new name.
      for (const leader of directory.leaders)
        if (leader.topics) leader.topics = leader.topics.map((topic) => (topic === before ? text : topic));
    });
  const remove = (n: number): void => {
    edit(({ directory }) => {
      const [gone] = directory.topics.splice(n, 1);
      for (const leader of directory.leaders)
        if (leader.topics) leader.topics = leader.topics.filter((topic) => topic !== gone);
    });
    focusOn('topics.add');
  };
  const add = (): void => {
    edit(({ directory }) => directory.topics.push(''));
    focusOn(`topics.${topics.length}`);
  };
  return (
    <>
      <Section title={say('settings.topics')} lead={say('settings.topicsLead')}>
        {topics.length > 0 && (
          <Rows>
            {topics.map((topic, n) => (
              <Row
                key={n}
                fields={[
                  <TextField
                    key="topic"
                    at={`topics.${n}`}
                    label={say('settings.topic')}
                    value={topic}
                    set={(text) => rename(n, text)}
                  />,
                ]}
                remove={{
                  label: say('settings.removeNamed', { name: topic }),
                  words: say('settings.remove'),
                  act: () => remove(n),
                }}
              />
            ))}
          </Rows>
        )}
        <Button id="topics.add" onClick={add}>
          {say('settings.addTopic')}
        </Button>
      </Section>
      <Defaults settings={settings} edit={edit} channels={channels} />
    </>
  );
}

const orNone = (value: string): string | undefined => (value === '' ? undefined : value);

function Defaults({ settings, edit, channels }: Given) {
  const styles = useStyles();
  const { leaders, audience, defaults } = settings.directory;
  const none = { value: '', label: say('settings.none') };
  const names = [...new Set([...channels.map(({ name }) => name), ...(defaults.channel ? [defaults.channel] : [])])];
  return (
    <>
      <Section title={say('settings.defaults')}>
        <div className={styles.fields}>
          <ChoiceField
            at="defaults.leader"
            label={say('settings.defaultLeader')}
            hint={say('settings.defaultLeaderHint')}
            value={defaults.leader ?? ''}
            choices={[none, ...leaders.map(({ id, name }) => ({ value: id, label: name }))]}
            set={(value) => edit(({ directory }) => (directory.defaults.leader = orNone(value)))}
          />
          <ChoiceField
            at="defaults.channel"
            label={say('settings.defaultChannel')}
            hint={say('settings.defaultChannelHint')}
            value={defaults.channel ?? ''}
            choices={[none, ...names.map((name) => ({ value: name, label: name }))]}
            set={(value) => edit(({ directory }) => (directory.defaults.channel = orNone(value)))}
          />
          <NumberField
            at="audience"
            label={say('settings.audience')}
            hint={say('settings.audienceHint')}
            value={audience}
            isOptional
            set={(value) => edit(({ directory }) => (directory.audience = value))}
          />
        </div>
      </Section>
      <Section
        title={say('settings.channels')}
        lead={say(channels.length === 0 ? 'settings.channelsNone' : 'settings.channelsLead')}
      >
        {channels.length > 0 && (
          <ul className={styles.channels}>
            {channels.map(({ name, team }) => (
              <li key={`${team} ${name}`}>{say('settings.channelIn', { name, team })}</li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}
