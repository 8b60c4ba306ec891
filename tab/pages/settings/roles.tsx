import type { Settings } from '../../../bot/http/api/settings.ts';
import { say } from '../../words.ts';
import type { Edit } from './draft.ts';
import { Section } from './fields.tsx';
import { Leaders } from './leaders.tsx';
import { People } from './people.tsx';

/** Who is what. */
export function Roles({ settings, edit }: { settings: Settings; edit: Edit }) {
  const { curators, admins } = settings.directory;
  return (
    <>
      <Leaders settings={settings} edit={edit} />
      <Section title={say('settings.curators')} lead={say('settings.curatorsLead')}>
        <People
          at="curators"
          people={curators}
          set={(people) => edit(({ directory }) => (directory.curators = people))}
          add={say('settings.addCurator')}
        />
      </Section>
      <Section title={say('settings.admins')} lead={say('settings.adminsLead')}>
        <People
          at="admins"
          people={admins}
          set={(people) => edit(({ directory }) => (directory.admins = people))}
          add={say('settings.addAdmin')}
        />
      </Section>
    </>
  );
}
