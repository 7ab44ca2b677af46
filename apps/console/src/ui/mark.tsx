import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './mark.module.css';

export type Tone = 'good' | 'warning' | 'bad' | 'quiet';
const icons: Record<Tone, IconName> = { good: 'good', warning: 'warning', bad: 'bad', quiet: 'clock' };

/** A state in a word with its sign: never colour alone. */
export function Mark({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`${styles.mark} ${styles[tone]}`}>
      <Icon name={icons[tone]} size={14} />
      <span>{children}</span>
    </span>
  );
}
