import { Component, type ReactNode } from 'react';
import { say } from '../words.ts';
import { Failed } from './failed.tsx';

/** Keeps a page that fails from taking the navigation with it. React wants a class for this. */
export class Broken extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return <Failed no={{ words: say('shell.broken') }} again={() => location.reload()} />;
  }
}
