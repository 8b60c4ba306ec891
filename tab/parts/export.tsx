import {
  Menu,
  MenuButton,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { useState } from 'react';
import { addressFor } from '../api.ts';
import { useDesk } from '../me.ts';
import { download, isRefused, type Refused } from '../request.ts';
import { say } from '../words.ts';
import { Notice } from './notice.tsx';

const FILES = {
  csv: { path: '/api/export/csv', name: 'forthright.csv' },
  json: { path: '/api/export/json', name: 'forthright.json' },
  page: { path: '/api/export/page', name: 'forthright.html' },
} as const;
type Kind = keyof typeof FILES;

interface Given {
  readonly leader: string;
  readonly topic: string;
}

/** Threads without identity, as a file: what the filters leave. */
export function Export({ leader, topic }: Given) {
  const { me } = useDesk();
  const filters = [me.leaders.find(({ id }) => id === leader)?.name ?? '', topic].filter((one) => one !== '');
  const [no, refuse] = useState<Refused>();
  const [isActing, begin] = useState(false);
  const save = async (kind: Kind): Promise<void> => {
    begin(true);
    const file = await download(addressFor(FILES[kind].path, { leader, topic }));
    begin(false);
    refuse(isRefused(file) ? file : undefined);
    if (!isRefused(file)) hand(file, FILES[kind].name);
  };
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton disabledFocusable={isActing}>{say('export.title')}</MenuButton>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {filters.length > 0 && (
              <MenuGroupHeader>{say('export.filtered', { filters: filters.join(', ') })}</MenuGroupHeader>
            )}
            {(['csv', 'json', 'page'] as const).map((kind) => (
              <MenuItem key={kind} onClick={() => void save(kind)}>
                {say(`export.${kind}`)}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {no && (
        <Notice intent="error" onDismiss={() => refuse(undefined)}>
          {no.words}
        </Notice>
      )}
    </>
  );
}

/** Gives a file to the person. Its address leads nowhere but to this page's own memory. */
function hand(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Once the browser has begun to take it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
