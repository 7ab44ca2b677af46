import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ApproveReceipt, Receipt, RejectReceipt } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress, request } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { useErrorText } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { NumbersForm } from './numbers-form.tsx';
import { KEY } from './queries.ts';
import styles from './receipts.module.css';
import { RejectForm } from './reject-form.tsx';

type Decision =
  | { readonly verb: 'approve'; readonly body: ApproveReceipt }
  | { readonly verb: 'reject'; readonly body: RejectReceipt };

function useDecision(receiptId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, body }: Decision) =>
      request<Receipt>(`/receipts/${receiptId}/${verb}`, { method: 'POST', body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY, 'list'] }),
  });
}

/** A receipt with its photo beside its numbers, and the two decisions. */
export function WaitingReceipt({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation('receipts');
  const textOf = useErrorText();
  const decision = useDecision(receipt.receiptId);
  const [rejecting, setRejecting] = useState(false);
  const { fiscal } = receipt;
  const approve = (body: ApproveReceipt = {}): void => decision.mutate({ verb: 'approve', body });
  return (
    <li className={styles.card} data-receipt aria-label={t('card', { id: receipt.receiptId })}>
      {receipt.hasPhoto && (
        <a
          className={styles.photo}
          href={fileAddress(`/receipts/${receipt.receiptId}/photo`)}
          target="_blank"
          rel="noopener"
        >
          <img src={fileAddress(`/receipts/${receipt.receiptId}/photo`)} alt={t('photo')} loading="lazy" />
        </a>
      )}
      <div className={styles.facts}>
        <Facts receipt={receipt} />
        {!fiscal && !rejecting && <NumbersForm busy={decision.isPending} onSend={(qr) => approve({ qr })} />}
        {decision.isError && <p role="alert">{textOf(decision.error)}</p>}
        {rejecting ? (
          <RejectForm
            busy={decision.isPending}
            onSend={(body) => decision.mutate({ verb: 'reject', body })}
            onCancel={() => setRejecting(false)}
          />
        ) : (
          <div className={styles.actions}>
            {fiscal && (
              <Button data-approve loading={decision.isPending} onClick={() => approve()} rightSection={<kbd>A</kbd>}>
                {t('approve')}
              </Button>
            )}
            <Button data-reject variant="default" onClick={() => setRejecting(true)} rightSection={<kbd>R</kbd>}>
              {t('reject')}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}

function Facts({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation('receipts');
  const format = useFormat();
  const { fiscal, review, dueAt } = receipt;
  return (
    <>
      <p className={styles.head}>
        <strong className={styles.sum}>{fiscal ? format.money(fiscal.sum) : t('onlyPhoto')}</strong>
        <Link to="/accounts/$accountId" params={{ accountId: String(receipt.accountId) }} className={table.lead}>
          {receipt.name || t('nameless')}
        </Link>
      </p>
      {fiscal && (
        <p className={styles.quiet}>
          {t('numbers', { storage: fiscal.storage, document: fiscal.document, sign: fiscal.sign })}
        </p>
      )}
      <p className={styles.quiet}>
        {fiscal &&
          `${t('issued', { time: `${format.date(fiscal.localTime.slice(0, 10))}, ${fiscal.localTime.slice(11)}` })} · `}
        {t('sent')} <Moment at={receipt.uploadedAt} />
      </p>
      <p>
        {dueAt ? (
          <Mark tone="quiet">{t('due', { moment: format.moment(dueAt) })}</Mark>
        ) : (
          <Mark tone="warning">{t(`review.${review ?? 'always'}`)}</Mark>
        )}
      </p>
    </>
  );
}
