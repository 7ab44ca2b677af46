import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
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

/** The place of the tabs of a page. On a phone the current one may lie beyond the edge: the bar, and only it, moves there. */
export function TabBar({ label, here, children }: TabBarProps) {
  const bar = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again when another tab is shown
  useEffect(() => {
    const tab = bar.current?.querySelector('[aria-current]');
    if (!bar.current || !tab) return;
    const [place, room] = [tab.getBoundingClientRect(), bar.current.getBoundingClientRect()];
    bar.current.scrollLeft += place.left + place.width / 2 - (room.left + room.width / 2);
  }, [here]);
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
