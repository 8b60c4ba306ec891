import { Button, makeStyles } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { fillPath, isRefused, type Output, post, type Refused } from '../../api.ts';
import { request } from '../../request.ts';
import { Notice } from '../../parts/notice.tsx';
import { useStay } from '../../parts/return.ts';
import { say } from '../../words.ts';

type Claimed = Output<'get', '/api/questions/:id'>['claim'];

/** A claim runs out after half an hour without a sign; whoever is still here gives one. */
const SIGN_MS = 10 * 60_000;

const useStyles = makeStyles({
  // As high as the button, so that nothing jumps when it is pressed.
  claim: { outlineStyle: 'none', '& > .fui-MessageBar': { margin: 0 } },
});

interface Given {
  readonly question: string;
  readonly claim: Claimed;
}

/** Who works on it. A courtesy among curators: it keeps nobody from anything. */
export function Claim(given: Given) {
  const styles = useStyles();
  const part = useStay<HTMLDivElement>();
  return (
    <div ref={part} tabIndex={-1} className={styles.claim}>
      <Told {...given} />
    </div>
  );
}

function Told({ question, claim }: Given) {
  const [no, refuse] = useState<Refused>();
  const isMine = claim?.isMine === true;
  const wasMine = useRef(false);
  const isLost = wasMine.current && claim !== undefined && !isMine;
  useEffect(() => {
    wasMine.current = isMine || (wasMine.current && claim !== undefined);
  }, [isMine, claim]);
  useLetGo(question, isMine);
  const take = async (over: boolean): Promise<void> => {
    const answer = await post('/api/questions/:id/claim', { id: question, over });
    refuse(isRefused(answer) ? answer : undefined);
  };
  if (no !== undefined)
    return (
      <Notice intent="warning" onDismiss={() => refuse(undefined)}>
        {no.words}
      </Notice>
    );
  if (claim === undefined) return <Button onClick={() => void take(false)}>{say('claim.take')}</Button>;
  return isMine ? (
    <Notice intent="success">
      {say('claim.mine')}{' '}
      <Button size="small" onClick={() => void post('/api/questions/:id/release', { id: question })}>
        {say('claim.letGo')}
      </Button>
    </Notice>
  ) : (
    <Notice intent="warning">
      {say(isLost ? 'claim.takenOver' : 'claim.other', { name: claim.by })}{' '}
      <Button size="small" onClick={() => void take(true)}>
        {say('claim.takeOver')}
      </Button>
    </Notice>
  );
}

/** Lets go of it when the page is left, and keeps it for as long as it is there. */
function useLetGo(question: string, isMine: boolean): void {
  useEffect(() => {
    if (!isMine) return undefined;
    const sign = setInterval(() => void post('/api/questions/:id/claim', { id: question }), SIGN_MS);
    return () => clearInterval(sign);
  }, [question, isMine]);
  const mine = useRef(isMine);
  mine.current = isMine;
  useEffect(() => {
    const letGo = (): void => {
      const address = fillPath('/api/questions/:id/release', { id: question }).path;
      if (mine.current) void request({ method: 'post', address, body: {}, isFarewell: true });
    };
    addEventListener('pagehide', letGo);
    return () => {
      removeEventListener('pagehide', letGo);
      letGo();
    };
  }, [question]);
}
