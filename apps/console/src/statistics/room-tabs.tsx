import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import tabs from '../ui/tabs.module.css';
import { TabBar } from '../ui/tabs.tsx';

/** The two halves of the room: the figures, and the list of what they are made of. */
export function RoomTabs({ here }: { readonly here: 'cards' | 'transactions' }) {
  const { t } = useTranslation('statistics');
  const tab = (name: 'cards' | 'transactions') => ({
    className: here === name ? tabs.here : tabs.tab,
    'aria-current': here === name ? ('page' as const) : undefined,
    activeProps: {},
  });
  return (
    <TabBar label={t('room')} here={here}>
      <Link to="/statistics" search={{}} {...tab('cards')}>
        {t('tabs.cards')}
      </Link>
      <Link to="/statistics/transactions" search={{}} {...tab('transactions')}>
        {t('tabs.transactions')}
      </Link>
    </TabBar>
  );
}
