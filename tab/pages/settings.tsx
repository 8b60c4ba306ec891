import { Button, makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useDesk } from '../me.ts';
import type { PageProps } from '../page-props.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Failed } from '../parts/failed.tsx';
import { Loading } from '../parts/loading.tsx';
import { Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { go } from '../route.tsx';
import { type Key, say } from '../words.ts';
import { type Drafting, SAVED, useDraft } from './settings/draft.ts';
import { FaultList, Faults, focusOn } from './settings/faults.tsx';
import { FilePart } from './settings/file.tsx';
import { Log, Meanwhile } from './settings/log.tsx';
import { TakeOver } from './settings/heirs.tsx';
import { nameOf, partOf } from './settings/places.ts';
import { PolicyPart } from './settings/policy.tsx';
import { Roles } from './settings/roles.tsx';
import { type Part, PARTS } from './settings/page-parts.ts';
import { Topics } from './settings/topics.tsx';

const useStyles = makeStyles({
  tabs: { flexWrap: 'wrap', marginInline: '-0.75rem' },
  bar: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '0.5rem 0.75rem',
    marginTop: '1rem',
    padding: '0.75rem 1.25rem',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    boxShadow: tokens.shadow8,
  },
  words: { flex: '1 1 12rem' },
  no: { flex: '1 0 100%' },
  saved: { position: 'sticky', bottom: 0, zIndex: 1, outlineStyle: 'none' },
});

const turn = (to: Part): void => go({ page: 'settings', search: { part: to } }, { replace: true });

/** Leads to the field at this place, in whichever part it stands. */
function lead(at: string): void {
  turn(partOf(at));
  focusOn(at);
}

/** Where admins set who is what, and the policy. */
export default function SettingsPage({ search }: PageProps) {
  const drafting = useDraft();
  const { page, settings } = drafting;
  const [file, read] = useState<string>();
  const part = search['part'] !== undefined && search['part'] in PARTS ? (search['part'] as Part) : 'people';
  const head = { title: say('shell.settings'), lead: say('settings.lead') };
  if (page.state !== 'here' || settings === undefined) {
    const failed = page.state === 'failed' && <Failed no={page.no} again={page.again} />;
    return <Page {...head}>{failed || <Loading rows={6} />}</Page>;
  }
  return (
    <Page {...head}>
      {page.body.last === 0 && <Notice>{say('settings.fileRules')}</Notice>}
      {file !== undefined && drafting.isDirty && <Notice>{say('settings.imported', { name: file })}</Notice>}
      <Told drafting={drafting} lead={lead} />
      <Parts part={part} />
      <Faults faults={drafting.outcome.faults}>
        <div role="tabpanel" id="part" aria-labelledby={`part-${part}`}>
          {part === 'people' && <Roles settings={settings} edit={drafting.edit} />}
          {part === 'topics' && <Topics settings={settings} edit={drafting.edit} channels={page.body.channels} />}
          {part === 'policy' && <PolicyPart settings={settings} edit={drafting.edit} />}
          {part === 'log' && <Log />}
          {part === 'file' && (
            <FilePart
              edit={drafting.edit}
              onRead={(name) => {
                read(name);
                turn('people');
              }}
            />
          )}
        </div>
      </Faults>
      {drafting.isDirty ? <Bar drafting={drafting} /> : drafting.outcome.isSaved && <SavedNow />}
      {drafting.outcome.leaving && (
        <TakeOver
          leaving={drafting.outcome.leaving}
          leaders={settings.directory.leaders}
          save={drafting.save}
          close={drafting.keepLeaders}
        />
      )}
    </Page>
  );
}

function Parts({ part }: { part: Part }) {
  const styles = useStyles();
  return (
    <TabList
      className={styles.tabs}
      selectedValue={part}
      onTabSelect={(_event, { value }) => turn(value as Part)}
      aria-label={say('settings.parts')}
    >
      {(Object.entries(PARTS) as [Part, Key][]).map(([name, label]) => (
        <Tab key={name} id={`part-${name}`} value={name} aria-controls="part">
          {say(label)}
        </Tab>
      ))}
    </TabList>
  );
}

/** What stands in the way of a save, and what others saved. */
function Told({ drafting: { outcome, settings, forget }, lead }: { drafting: Drafting; lead: (at: string) => void }) {
  const { faults, since } = outcome;
  return (
    <>
      <FaultList faults={faults} nameOf={(at) => nameOf(at, settings!)} lead={lead} />
      {since !== undefined && <Meanwhile since={since} onDismiss={forget} />}
    </>
  );
}

/** Where the button stood. */
function SavedNow() {
  const styles = useStyles();
  return (
    <div id={SAVED} tabIndex={-1} className={styles.saved}>
      <Notice intent="success">{say('settings.saved')}</Notice>
    </div>
  );
}

/** Stays in sight for as long as something is not saved. */
function Bar({ drafting }: { drafting: Drafting }) {
  const styles = useStyles();
  const { me } = useDesk();
  const [asks, ask] = useState<'discard' | 'leave'>();
  const save = (): void => {
    if (drafting.resigning.includes(me.name)) ask('leave');
    else void drafting.save();
  };
  return (
    <div className={styles.bar} role="region" aria-label={say('settings.unsaved')}>
      {drafting.outcome.no && (
        <div className={styles.no}>
          <Notice intent="error">{drafting.outcome.no.words}</Notice>
        </div>
      )}
      <span className={styles.words}>{say('settings.unsaved')}</span>
      <Button onClick={() => ask('discard')}>{say('settings.discard')}</Button>
      <Button appearance="primary" disabledFocusable={drafting.isSaving} onClick={save}>
        {say('settings.save')}
      </Button>
      {asks === 'discard' && (
        <Confirm
          title={say('settings.discardTitle')}
          verb={say('settings.discard')}
          act={async () => drafting.discard()}
          close={() => ask(undefined)}
        >
          {say('settings.discardWords')}
        </Confirm>
      )}
      {asks === 'leave' && (
        <Confirm
          title={say('settings.leaveTitle')}
          verb={say('settings.save')}
          act={() => drafting.save()}
          close={() => ask(undefined)}
        >
          {say('settings.leaveWords')}
        </Confirm>
      )}
    </div>
  );
}
