import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useCurrentInView } from '../ui/in-view.ts';
import { Sign } from '../ui/sign.tsx';
import { CertificateAlarm } from './certificate-alarm.tsx';
import styles from './frame.module.css';
import { SettingsButton, SettingsPanel } from './settings.tsx';

const rooms = [
  { to: '/accounts', icon: 'guests', word: 'menu.guests' },
  { to: '/passes', icon: 'passes', word: 'menu.passes' },
  { to: '/campaigns', icon: 'campaigns', word: 'menu.campaigns' },
  { to: '/coupons', icon: 'coupons', word: 'menu.coupons' },
  { to: '/referral', icon: 'friends', word: 'menu.referral' },
  { to: '/receipts', icon: 'receipts', word: 'menu.receipts' },
  { to: '/programmes', icon: 'programmes', word: 'menu.programmes' },
  { to: '/designs', icon: 'designs', word: 'menu.designs' },
  { to: '/forms', icon: 'forms', word: 'menu.forms' },
  { to: '/tills', icon: 'tills', word: 'menu.tills' },
  { to: '/statistics', icon: 'statistics', word: 'menu.statistics' },
  { to: '/devices', icon: 'devices', word: 'menu.devices' },
  { to: '/certificates', icon: 'certificates', word: 'menu.certificates' },
] as const satisfies readonly { to: string; icon: IconName; word: string }[];

/** What stands around every room: the sign and the company, the menu, the reader's own settings. */
export function Frame() {
  const { t } = useTranslation();
  const { company } = useSession();
  const menu = useRef<HTMLElement>(null);
  useCurrentInView(menu, useLocation({ select: ({ pathname }) => pathname.split('/')[1] ?? '' }));
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        {t('menu.skip')}
      </a>
      <header className={styles.top}>
        <Link to="/accounts" className={styles.brand}>
          <Sign size={28} />
          <span className={styles.company}>{company.name}</span>
          {company.demo && <span className={styles.demo}>{t('menu.demo')}</span>}
        </Link>
        <nav ref={menu} className={styles.menu} aria-label={t('menu.name')}>
          {rooms.map((room) => (
            <Link key={room.to} to={room.to} className={styles.item} activeProps={{ className: styles.here ?? '' }}>
              <Icon name={room.icon} size={22} />
              <span>{t(room.word)}</span>
            </Link>
          ))}
        </nav>
        <SettingsButton />
      </header>
      <SettingsPanel />
      <main id="main" className={styles.main} tabIndex={-1}>
        <CertificateAlarm />
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
