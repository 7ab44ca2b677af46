import type { TillRedeemAnswer } from '@tessera/contract';
import { useRef, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { signal } from '../device/feedback.ts';
import { newOperationKey } from '../device/operation-key.ts';
import { withCoupon } from '../flow/codes.ts';
import type { FoundCode } from '../flow/use-codes.ts';
import type { Till } from '../flow/use-till.ts';
import { useReading } from '../texts/reading.tsx';
import { Dialog } from './Dialog.tsx';
import { Notice } from './Notice.tsx';

interface CodeFoundProps {
  readonly found: FoundCode;
  readonly till: Till;
  readonly api: TillApi;
  readonly sound: boolean;
}

/** A scanned code that asks for a decision: a ticket to annul, a certificate to look at, a coupon that cannot be used. */
export function CodeFound({ found, till, api, sound }: CodeFoundProps) {
  const { t, money, points, problem: say } = useReading();
  // One key for this use, however often it has to be sent.
  const operationKey = useRef(newOperationKey(crypto));
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [used, setUsed] = useState<TillRedeemAnswer | null>(null);
  const { flow, codes } = till;
  const { coupon, certificate, refusal } = found.answer;
  const sale = flow.step === 'sale' ? flow.sale : null;
  const annul = async () => {
    setSending(true);
    const accountId = sale === null ? {} : { accountId: sale.guest.accountId };
    const answer = await api.redeem({ operationKey: operationKey.current, code: found.code, ...accountId });
    setSending(false);
    signal(answer.ok ? 'success' : answer.problem.kind === 'refused' ? 'failure' : 'doubt', sound);
    if (answer.ok) setUsed(answer.value);
    else setProblem(answer.problem);
  };
  const title = coupon?.name ?? t('coupon.certificate');
  return (
    <Dialog label={title} onClose={codes.close}>
      <h2 className="heading">{title}</h2>
      {certificate === null ? null : <p className="figure">{money(certificate.balance)}</p>}
      {certificate?.blocked ? <Notice tone="bad">{t('coupon.certificateBlocked')}</Notice> : null}
      {refusal === null ? null : <Notice tone="bad">{refusal.message}</Notice>}
      {problem === null ? null : <Notice tone={problem.kind === 'refused' ? 'bad' : 'unsure'}>{say(problem)}</Notice>}
      {used === null ? (
        <p className="hint">{hintFor()}</p>
      ) : (
        <div role="status">
          <p>
            <strong>{t('coupon.annulled')}</strong>
          </p>
          <p className="hint">
            {used.points > 0
              ? t('coupon.pointsCame', { points: points(used.points) })
              : used.usesLeft === null
                ? ''
                : t('coupon.left', { count: used.usesLeft })}
          </p>
        </div>
      )}
      <div className="stack">
        {used === null && refusal === null && coupon?.alone === true ? (
          <>
            <button type="button" className="button button-main" disabled={sending} onClick={() => void annul()}>
              {sending
                ? t('coupon.annulling')
                : problem?.kind === 'unreachable'
                  ? t('coupon.again')
                  : t('coupon.annul')}
            </button>
            {sale === null ? null : (
              <button
                type="button"
                className="button button-plain"
                disabled={sending}
                onClick={() => {
                  till.dispatch({ type: 'codes', codes: withCoupon(sale.codes, coupon.code) });
                  codes.close();
                }}
              >
                {t('coupon.withCheck')}
              </button>
            )}
          </>
        ) : null}
        <button type="button" className="button button-plain" disabled={sending} onClick={codes.close}>
          {t('coupon.close')}
        </button>
      </div>
    </Dialog>
  );

  function hintFor(): string {
    if (refusal !== null) return '';
    if (coupon?.alone === true) return coupon.usesLeft === null ? '' : t('coupon.left', { count: coupon.usesLeft });
    return sale === null ? t('coupon.findGuest') : '';
  }
}
