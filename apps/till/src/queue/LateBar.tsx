import { type EntryStyle, toMinor } from '../flow/amount-entry.ts';
import type { Flow } from '../flow/flow.ts';
import { Notice } from '../parts/Notice.tsx';
import type { LateGuest } from '../screens/Later.tsx';
import { useReading } from '../texts/reading.tsx';

/** Whom points could be given later, when the server did not answer: null while it does, or while nothing is asked. */
export function lateGuest(flow: Flow): (LateGuest & { readonly spends: boolean }) | null {
  if (flow.step === 'find') {
    const query = flow.query.trim();
    if (flow.problem?.kind !== 'unreachable' || query === '') return null;
    return { query, accountId: null, guest: query, amount: flow.amount, spends: false };
  }
  if (flow.step !== 'sale' || flow.sale.problem?.kind !== 'unreachable' || flow.sale.guest.blocked) return null;
  const { guest, amount, spend, codes, deposit } = flow.sale;
  const paid = deposit !== null || codes.certificate !== null;
  const spends = paid || spend.kind !== 'none' || codes.coupons.length > 0;
  return { query: null, accountId: guest.accountId, guest: guest.name, amount, spends };
}

/** Offers to give points later. What would spend is refused in words: only the server knows what is left to spend. */
export function LateBar(props: {
  readonly flow: Flow;
  readonly entry: EntryStyle;
  readonly onLater: (late: LateGuest) => void;
}) {
  const { t, money } = useReading();
  const late = lateGuest(props.flow);
  if (late === null) return null;
  if (late.spends) return <Notice tone="bad">{t('later.noSpend')}</Notice>;
  const amount = toMinor(late.amount, props.entry);
  return (
    <button type="button" className="pending late-bar" onClick={() => props.onLater(late)}>
      <span>{t('later.offer')}</span>
      <strong>{amount > 0 ? t('later.openWith', { amount: money(amount) }) : t('later.open')}</strong>
    </button>
  );
}
