import { makeStyles, tokens } from '@fluentui/react-components';

/** How lists of words of people look, on every page for readers. */
export const useListStyles = makeStyles({
  tools: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, max(8rem, 28%)), 1fr))',
    alignItems: 'end',
    gap: '0.75rem',
    marginBottom: '1.25rem',
  },
  question: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  list: { margin: 0, padding: 0, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: '0.75rem' },
  row: {
    position: 'relative',
    padding: '1rem 1.25rem',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  meta: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0.125rem 0.75rem',
    marginTop: '0.5rem',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  end: { display: 'flex', justifyContent: 'center', marginTop: '1.25rem' },
  quiet: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});
