import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { useCurrentInView } from './in-view.ts';
import styles from './tabs.module.css';

type Tab = {
  readonly key: string;
  readonly label: string;
  readonly search: Record<string, string>;
  readonly current: boolean;
};
type TabsProps = {
  readonly to: '/referral' | '/receipts' | '/designs';
  readonly label: string;
  readonly tabs: readonly Tab[];
};

type TabBarProps = {
  readonly label: string;
  /** Which tab this is: when it changes, the new one is brought into view. */
  readonly here: string;
  readonly children: ReactNode;
};

/** The place of the tabs of a page. */
export function TabBar({ label, here, children }: TabBarProps) {
  const bar = useRef<HTMLElement>(null);
  useCurrentInView(bar, here);
  return (
    <nav ref={bar} className={styles.tabs} aria-label={label}>
      {children}
    </nav>
  );
}

/** Filters of a list as links: they live in the address, so that Back works and an address can be sent. */
export function Tabs({ to, label, tabs }: TabsProps) {
  return (
    <TabBar label={label} here={tabs.find(({ current }) => current)?.key ?? ''}>
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          to={to}
          search={tab.search}
          className={tab.current ? styles.here : styles.tab}
          aria-current={tab.current ? 'page' : undefined}
          activeProps={{}}
        >
          {tab.label}
        </Link>
      ))}
    </TabBar>
  );
}
