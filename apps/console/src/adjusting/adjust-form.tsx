import { SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AccountDetail, AccountOperationAnswer } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { PanelForm, Question } from '../ui/forms/panel-form.tsx';
import { Tick } from '../ui/forms/tick.tsx';
import { type AdjustmentDraft, type ReadAdjustment, readAdjustment } from './read-adjustment.ts';

type FormProps = { readonly account: AccountDetail; readonly onClose: () => void };
type Adjustment = Extract<ReadAdjustment, { ok: true }>;

/** Gives or takes points by hand, blocks or frees the account: what, why, and once more in words before it is done. */
export default function AdjustForm({ account, onClose }: FormProps) {
  const { t } = useTranslation('adjusting');
  const [draft, setDraft] = useState<AdjustmentDraft>({
    kind: 'refill',
    amount: '',
    days: '',
    allowDebt: false,
    reason: '',
  });
  const [asked, setAsked] = useState(false);
  const [confirming, setConfirming] = useState<Adjustment | null>(null);
  const read = readAdjustment(draft);
  const wrong = asked && !read.ok ? read.wrong : new Set<string>();
  const submit = (): void => {
    setAsked(true);
    if (read.ok) setConfirming(read);
  };
  if (confirming) {
    const back = () => setConfirming(null);
    return <Confirm account={account} draft={draft} adjustment={confirming} onBack={back} onDone={onClose} />;
  }
  const change = (part: Partial<AdjustmentDraft>) => setDraft({ ...draft, ...part });
  return (
    <PanelForm label={t('title')} action={t('next')} cancel={t('cancel')} onSubmit={submit} onCancel={onClose}>
      <KindChoice account={account} kind={draft.kind} onChange={(kind) => change({ kind })} />
      <Facts draft={draft} wrong={wrong} onChange={change} />
      <TextInput
        size="md"
        label={t('reason')}
        description={t('reasonHint')}
        error={wrong.has('reason') && t('reasonWrong')}
        maxLength={500}
        value={draft.reason}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
    </PanelForm>
  );
}

type KindProps = {
  readonly account: AccountDetail;
  readonly kind: AdjustmentDraft['kind'];
  readonly onChange: (kind: AdjustmentDraft['kind']) => void;
};

function KindChoice({ account, kind, onChange }: KindProps) {
  const { t } = useTranslation('adjusting');
  const kinds = ['refill', 'deduct', account.blocked ? 'unblock' : 'block'] as const;
  return (
    <SegmentedControl
      fullWidth
      size="sm"
      aria-label={t('what')}
      value={kind}
      onChange={(value) => onChange(value as AdjustmentDraft['kind'])}
      data={kinds.map((value) => ({ value, label: t(`do.${value}`) }))}
    />
  );
}

type FactsProps = {
  readonly draft: AdjustmentDraft;
  readonly wrong: ReadonlySet<string>;
  readonly onChange: (part: Partial<AdjustmentDraft>) => void;
};

function Facts({ draft, wrong, onChange }: FactsProps) {
  const { t } = useTranslation('adjusting');
  const { kind } = draft;
  if (kind === 'block' || kind === 'unblock') {
    return <p className="small quiet">{t(kind === 'block' ? 'aboutBlock' : 'aboutUnblock')}</p>;
  }
  return (
    <>
      <TextInput
        size="md"
        inputMode="decimal"
        autoComplete="off"
        label={t('amount')}
        error={wrong.has('amount') && t('amountWrong')}
        value={draft.amount}
        onChange={(event) => onChange({ amount: event.currentTarget.value })}
      />
      {kind === 'refill' ? (
        <TextInput
          size="md"
          inputMode="numeric"
          autoComplete="off"
          label={t('days')}
          description={t('daysHint')}
          error={wrong.has('days') && t('daysWrong')}
          value={draft.days}
          onChange={(event) => onChange({ days: event.currentTarget.value })}
        />
      ) : (
        <Tick label={t('allowDebt')} checked={draft.allowDebt} onChange={(allowDebt) => onChange({ allowDebt })} />
      )}
    </>
  );
}

type ConfirmProps = {
  readonly account: AccountDetail;
  readonly draft: AdjustmentDraft;
  readonly adjustment: Adjustment;
  readonly onBack: () => void;
  readonly onDone: () => void;
};

function Confirm({ account, draft, adjustment, onBack, onDone }: ConfirmProps) {
  const { t } = useTranslation('adjusting');
  const question = useQuestion(account, draft, adjustment.amount);
  const queryClient = useQueryClient();
  // One key for one question: sent again after a lost answer, it is the same operation.
  const [externalId] = useState(() => crypto.randomUUID());
  const write = useMutation({
    mutationFn: () =>
      request<AccountOperationAnswer>(`/accounts/${account.accountId}/operations`, {
        method: 'POST',
        body: { externalId, ...adjustment.body },
      }),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: ['account', String(account.accountId)] });
      onDone();
    },
  });
  const bad = draft.kind === 'block' || draft.kind === 'deduct';
  return (
    <PanelForm
      label={t('title')}
      action={t(`do.${draft.kind}`)}
      cancel={t('back')}
      busy={write.isPending}
      error={write.error}
      focusAction={!bad}
      onSubmit={() => write.mutate()}
      onCancel={onBack}
    >
      <Question>{question}</Question>
      <p className="small quiet">{draft.reason.trim()}</p>
    </PanelForm>
  );
}

/** What is about to happen, with the balance after it as far as it can be told from here. */
function useQuestion({ balance }: AccountDetail, { kind, allowDebt }: AdjustmentDraft, amount: number): string {
  const { t } = useTranslation('adjusting');
  const format = useFormat();
  const { available, debt } = balance;
  if (kind === 'block' || kind === 'unblock') return t(`confirm.${kind}`);
  const points = format.points(amount);
  if (kind === 'refill' && debt > 0) {
    return t('confirm.refillDebt', { points, debt: format.points(Math.min(debt, amount)) });
  }
  if (kind === 'deduct' && amount > available && allowDebt) {
    return t('confirm.deductDebt', { points, debt: format.points(amount - available) });
  }
  const after = kind === 'refill' ? available + amount : Math.max(0, available - amount);
  return t(`confirm.${kind}`, { points, after: format.points(after) });
}
