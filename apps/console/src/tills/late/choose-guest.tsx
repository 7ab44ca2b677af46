import { TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AccountRow, KeptSale } from '@tessera/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { PanelForm } from '../../ui/forms/panel-form.tsx';
import styles from '../tills.module.css';
import { guestsQuery, useSettleSale } from './queries.ts';

const QUIET_MILLISECONDS = 250;

/** Which guest the sale belongs to: found by what the cashier typed, or by anything better. */
export function ChooseGuest({ sale, onClose }: { readonly sale: KeptSale; readonly onClose: () => void }) {
  const { t } = useTranslation('tills');
  const format = useFormat();
  const [typed, setTyped] = useState(sale.query);
  const [search, setSearch] = useState(sale.query);
  const [accountId, setAccountId] = useState(sale.accountId);
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), QUIET_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed]);
  const guests = useQuery({ ...guestsQuery(search), placeholderData: keepPreviousData });
  const found = search.length > 2 ? (guests.data?.items ?? []) : [];
  const settle = useSettleSale(sale.operationKey);
  return (
    <PanelForm
      label={t('late.book')}
      action={t('late.bookNow', { amount: format.money(sale.amount) })}
      cancel={t('cancel')}
      busy={settle.isPending}
      error={settle.error}
      onSubmit={() => accountId !== null && settle.mutate(accountId)}
      onCancel={onClose}
    >
      <TextInput
        size="md"
        type="search"
        label={t('late.whose')}
        placeholder={t('late.search')}
        maxLength={100}
        value={typed}
        error={settle.isIdle && accountId === null && guests.isSuccess && found.length === 0 && t('late.nobody')}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <fieldset className={styles.choices}>
        <legend className="heard">{t('late.whose')}</legend>
        {found.map((row) => (
          <Choice key={row.accountId} row={row} chosen={row.accountId === accountId} onChoose={setAccountId} />
        ))}
      </fieldset>
    </PanelForm>
  );
}

type ChoiceProps = {
  readonly row: AccountRow;
  readonly chosen: boolean;
  readonly onChoose: (accountId: number) => void;
};

function Choice({ row, chosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation('tills');
  const format = useFormat();
  return (
    <label className={styles.choice}>
      <input type="radio" name="guest" checked={chosen} onChange={() => onChoose(row.accountId)} />
      <span>
        {row.name || t('late.nameless')}
        <span className="small quiet">
          {row.phone && ` ${format.phone(row.phone)}`} {row.level}
        </span>
      </span>
    </label>
  );
}
