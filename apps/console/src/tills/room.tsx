import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { Page } from '../ui/page.tsx';
import tabs from '../ui/tabs.module.css';
import { TabBar } from '../ui/tabs.tsx';

const places = [
  { to: '/tills', word: 'tab.stations' },
  { to: '/tills/staff', word: 'tab.staff' },
  { to: '/tills/offline', word: 'tab.late' },
  { to: '/tills/codes', word: 'tab.codes' },
  { to: '/tills/cards', word: 'tab.cards' },
  { to: '/tills/r-keeper', word: 'tab.rKeeper' },
  { to: '/tills/probonus', word: 'tab.probonus' },
  { to: '/tills/sms', word: 'tab.sms' },
] as const;

type RoomProps = {
  readonly title: string;
  readonly lead: string;
  readonly action?: ReactNode;
  readonly narrow?: boolean;
  readonly children: ReactNode;
};

/** A page of the room of tills: its own heading and action, and the tabs to the other pages. */
export function TillsPage({ children, ...page }: RoomProps) {
  const { t } = useTranslation('tills');
  return (
    <Page
      {...page}
      tabs={
        <TabBar label={t('tabs')} here={page.title}>
          {places.map(({ to, word }) => (
            <Link
              key={to}
              to={to}
              className={tabs.tab}
              activeOptions={{ exact: to === '/tills' }}
              activeProps={{ className: tabs.here ?? '' }}
            >
              {t(word)}
            </Link>
          ))}
        </TabBar>
      }
    >
      {children}
    </Page>
  );
}

/** Owners set tills up, managers look on. */
export const useMayChange = (): boolean => useSession().user.role === 'owner';
