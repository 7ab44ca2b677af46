import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/**
 * Why something did not happen. An octagon for «no», a triangle for «unsure»: told apart without colour.
 * Read aloud at once.
 */
export function Notice(props: {
  readonly tone: 'bad' | 'unsure';
  readonly children: ReactNode;
  readonly hint?: string | undefined;
}) {
  return (
    <div className={`notice notice-${props.tone}`} role="alert">
      <Icon name={props.tone === 'bad' ? 'stop' : 'unsure'} />
      <div>
        <p>{props.children}</p>
        {props.hint === undefined ? null : <p className="notice-hint">{props.hint}</p>}
      </div>
    </div>
  );
}
