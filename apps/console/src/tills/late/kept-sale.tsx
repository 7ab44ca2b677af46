import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { KeptSale } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { PanelForm, Question } from '../../ui/forms/panel-form.tsx';
import { Moment } from '../../ui/moment.tsx';
import styles from '../tills.module.css';
import { ChooseGuest } from './choose-guest.tsx';
import { useSettleSale } from './queries.ts';

type SaleProps = { readonly sale: KeptSale };

/** One sale that waits: what was rung up, why it could not be booked, and the two ways out. */
export function KeptSaleCard({ sale }: SaleProps) {
  const { t } = useTranslation('tills');
  const format = useFormat();
  const [open, setOpen] = useState<'book' | 'dismiss' | null>(null);
  const where = [sale.station, sale.seller].filter(Boolean).join(' · ');
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2>{format.money(sale.amount)}</h2>
        <span className="small quiet">
          <Moment at={sale.occurredAt} />
        </span>
      </div>
      <p>{sale.problem.message}</p>
      <p className="small quiet">
        {sale.query !== '' && t('late.typed', { query: sale.query })}
        {sale.accountId !== null && (
          <Link to="/accounts/$accountId" params={{ accountId: String(sale.accountId) }}>
            {t('late.guest', { id: sale.accountId })}
          </Link>
        )}
        {where !== '' && ` · ${where}`}
      </p>
      {open === null && (
        <div className={styles.ways}>
          <Button onClick={() => setOpen('book')}>{t('late.book')}</Button>
          <Button variant="subtle" onClick={() => setOpen('dismiss')}>
            {t('late.dismiss')}
          </Button>
        </div>
      )}
      {open === 'book' && <ChooseGuest sale={sale} onClose={() => setOpen(null)} />}
      {open === 'dismiss' && <Dismiss sale={sale} onClose={() => setOpen(null)} />}
    </li>
  );
}

function Dismiss({ sale, onClose }: SaleProps & { readonly onClose: () => void }) {
  const { t } = useTranslation('tills');
  const settle = useSettleSale(sale.operationKey);
  return (
    <PanelForm
      label={t('late.dismiss')}
      action={t('late.dismissNow')}
      cancel={t('cancel')}
      busy={settle.isPending}
      error={settle.error}
      onSubmit={() => settle.mutate(null)}
      onCancel={onClose}
    >
      <Question>{t('late.askDismiss')}</Question>
    </PanelForm>
  );
}
