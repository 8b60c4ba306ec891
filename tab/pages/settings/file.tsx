import { Button, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { get, isRefused, post } from '../../api.ts';
import { useLinkStyles } from '../../parts/link.ts';
import { Notice } from '../../parts/notice.tsx';
import { say } from '../../words.ts';
import type { Edit } from './draft.ts';
import { Section } from './fields.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.75rem', marginTop: '0.75rem' },
  input: { display: 'none' },
  wrong: { margin: '0.25rem 0 0', whiteSpace: 'pre-wrap' },
  text: { width: '100%', marginTop: '0.75rem', fontFamily: tokens.fontFamilyMonospace },
});

/** A directory file into the form, and out of it. */
export function FilePart({ edit, onRead }: { edit: Edit; onRead: (name: string) => void }) {
  return (
    <>
      <Import edit={edit} onRead={onRead} />
      <Export />
    </>
  );
}

function Import({ edit, onRead }: { edit: Edit; onRead: (name: string) => void }) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, tell] = useState<{ words: string; why: string }>();
  const read = async (file: File): Promise<void> => {
    tell(undefined);
    const answer = await post('/api/settings/import', { text: await file.text() });
    if (isRefused(answer)) return tell({ words: answer.words, why: '' });
    if ('unreadable' in answer)
      return tell({ words: say('settings.unreadable', { name: file.name }), why: answer.unreadable });
    edit((settings) => (settings.directory = answer.directory));
    onRead(file.name);
  };
  return (
    <Section title={say('settings.import')} lead={say('settings.importLead')}>
      <div className={styles.actions}>
        <Button onClick={() => input.current?.click()}>{say('settings.importFile')}</Button>
        <input
          ref={input}
          className={styles.input}
          type="file"
          accept=".json,application/json"
          aria-label={say('settings.importFile')}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            // The same file may be chosen again, once it is mended.
            if (file) void read(file).finally(() => (target.value = ''));
          }}
        />
      </div>
      {wrong && (
        <Notice intent="error">
          {wrong.words}
          {wrong.why !== '' && <p className={styles.wrong}>{wrong.why}</p>}
        </Notice>
      )}
    </Section>
  );
}

function Export() {
  const styles = useStyles();
  const link = useLinkStyles();
  const [text, show] = useState<string>();
  const [no, refuse] = useState<string>();
  const read = async (): Promise<void> => {
    const answer = await get('/api/settings/export', {});
    if (isRefused(answer)) refuse(answer.words);
    else show(answer.text);
  };
  return (
    <Section title={say('settings.export')} lead={say('settings.exportLead')}>
      <div className={styles.actions}>
        <Button onClick={() => void read()}>{say('settings.exportShow')}</Button>
        {text !== undefined && (
          <a
            className={link}
            download="directory.json"
            href={`data:application/json;charset=utf-8,${encodeURIComponent(text)}`}
          >
            {say('settings.exportSave')}
          </a>
        )}
      </div>
      {no !== undefined && <Notice intent="error">{no}</Notice>}
      {text !== undefined && (
        // Where a phone saves no files, it can be copied.
        <Textarea
          className={styles.text}
          readOnly
          value={text}
          rows={12}
          aria-label={say('settings.export')}
          resize="vertical"
        />
      )}
    </Section>
  );
}
