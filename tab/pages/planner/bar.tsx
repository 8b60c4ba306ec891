import { Button, makeStyles, Select, ToggleButton, tokens } from '@fluentui/react-components';
import { ChevronLeftRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { sayZone } from '../../time.ts';
import { locale, say } from '../../words.ts';
import type { Plan, PlanChannel } from './plan.ts';
import { type Span, step } from './days.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.5rem 0.75rem', marginBottom: '0.75rem' },
  range: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400, margin: 0 },
  zone: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, marginInlineStart: 'auto' },
  steps: { display: 'flex', alignItems: 'center' },
});

/** What the planner shows. */
export interface Viewed {
  readonly plan: Plan;
  readonly channel: PlanChannel;
  readonly span: Span;
  readonly day: string;
  readonly days: readonly string[];
}

interface Given extends Viewed {
  readonly turn: (to: Partial<Record<'view' | 'day' | 'channel', string>>) => void;
}

/** Which channel, and which days of it. */
export function Bar({ plan, channel, span, day, days, turn }: Given) {
  const styles = useStyles();
  return (
    <div className={styles.bar}>
      <Select
        aria-label={say('planner.channel')}
        value={channel.id}
        onChange={(_event, { value }) => turn({ channel: value })}
      >
        {plan.channels.map(({ id, name, team }) => (
          <option key={id} value={id}>
            {`${name} (${team})`}
          </option>
        ))}
      </Select>
      <span>
        {(['week', 'month'] as const).map((one) => (
          <ToggleButton key={one} appearance="subtle" checked={span === one} onClick={() => turn({ view: one })}>
            {say(`planner.${one}`)}
          </ToggleButton>
        ))}
      </span>
      <span className={styles.steps}>
        <Button
          appearance="subtle"
          icon={<ChevronLeftRegular />}
          aria-label={say(`planner.${span}Before`)}
          onClick={() => turn({ day: step(span, day, -1) })}
        />
        <Button appearance="subtle" onClick={() => turn({ day: channel.today })}>
          {say('planner.today')}
        </Button>
        <Button
          appearance="subtle"
          icon={<ChevronRightRegular />}
          aria-label={say(`planner.${span}After`)}
          onClick={() => turn({ day: step(span, day, 1) })}
        />
      </span>
      <h2 className={styles.range}>{sayRange(span, day, days)}</h2>
      <span className={styles.zone}>{say('planner.zone', { zone: sayZone(channel.zone) })}</span>
    </div>
  );
}

function sayRange(span: Span, day: string, days: readonly string[]): string {
  const at = (one: string | undefined): number => Date.parse(one ?? day);
  if (span === 'month') {
    return new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at(day));
  }
  const format = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.formatRange(at(days[0]), at(days.at(-1)));
}
