import { Card, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Settings } from './host.ts';
import { Page } from './parts/page.tsx';
import { say } from './words.ts';

/** What a tab of a channel may open with: pages that are the same for everybody. */
const OPENS = ['answers', 'open', 'register'] as const;
type Opens = (typeof OPENS)[number];

const useStyles = makeStyles({
  choices: { padding: '0.5rem 0.75rem' },
  label: { display: 'block', color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  meaning: { display: 'block', color: tokens.colorNeutralForeground2 },
  aside: { margin: '1rem 0 0', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** Whoever adds Forthright to a channel says here what its tab opens with; the button to save is Teams' own. */
export default function ChannelTab({ settings }: { settings: Settings }) {
  const styles = useStyles();
  const [opens, choose] = useState<Opens>(() => OPENS.find((known) => known === settings.saved) ?? 'answers');
  useEffect(() => settings.offer({ id: opens, name: say(`channelTab.${opens}Name`) }), [settings, opens]);
  return (
    <main>
      <Page title={say('channelTab.title')} isReading>
        <Card appearance="outline" className={styles.choices}>
          <RadioGroup
            aria-label={say('channelTab.title')}
            value={opens}
            onChange={(_event, { value }) => choose(OPENS.find((known) => known === value) ?? 'answers')}
          >
            {OPENS.map((one) => (
              <Radio
                key={one}
                value={one}
                label={
                  <>
                    <span className={styles.label}>{say(`shell.${one}`)}</span>
                    <span className={styles.meaning}>{say(`channelTab.${one}`)}</span>
                  </>
                }
              />
            ))}
          </RadioGroup>
        </Card>
        <p className={styles.aside}>{say('channelTab.own')}</p>
      </Page>
    </main>
  );
}
