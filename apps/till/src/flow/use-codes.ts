import type { TillCodeAnswer, TillCoupon } from '@tessera/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { needsSignIn, type Problem } from '../api/problem.ts';
import { signal } from '../device/feedback.ts';
import { mayBeCode, withCertificate, withCoupon } from './codes.ts';
import type { Action, Flow } from './flow.ts';

/** What a code turned out to be. */
export interface FoundCode {
  readonly code: string;
  readonly answer: TillCodeAnswer;
}

export interface CodeSearch {
  /** The guest's own coupons; empty until they are there. */
  readonly own: readonly TillCoupon[];
  /** A code that needs a decision: it cannot be used, is a ticket, or there is no guest yet. */
  readonly found: FoundCode | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Looks a typed or scanned code up; what fits the sale is taken at once. @returns whether it was a code at all */
  readonly look: (code: string) => Promise<boolean>;
  readonly tryAfterFind: (query: string) => Promise<boolean>;
  readonly close: () => void;
}

interface CodeSetting {
  readonly api: TillApi;
  readonly sound: boolean;
  /** Called when the server no longer knows the session. */
  readonly onSignedOut: () => void;
}

/** Coupons beside the sale: the guest's own, and what a code is. */
export function useCodes(flow: Flow, setting: CodeSetting, dispatch: (action: Action) => void): CodeSearch {
  const { api, sound, onSignedOut } = setting;
  const [own, setOwn] = useState<readonly TillCoupon[]>([]);
  const [found, setFound] = useState<FoundCode | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const flowNow = useRef(flow);
  flowNow.current = flow;
  const accountId = flow.step === 'sale' && !flow.sale.guest.blocked ? flow.sale.guest.accountId : null;

  useEffect(() => {
    setOwn([]);
    setProblem(null);
    if (accountId === null) return;
    let over = false;
    // Without an answer there are simply no chips: codes can still be typed and scanned.
    void api.coupons(accountId).then((answer) => {
      if (!over && answer.ok) setOwn(answer.value.items);
    });
    return () => {
      over = true;
    };
  }, [accountId, api]);

  const look = useCallback(
    async (code: string): Promise<boolean> => {
      const before = flowNow.current;
      const guest = before.step === 'sale' ? before.sale.guest.accountId : null;
      setBusy(true);
      setProblem(null);
      const answer = await api.code(code, guest);
      setBusy(false);
      if (!answer.ok) {
        if (needsSignIn(answer.problem)) onSignedOut();
        setProblem(answer.problem);
        return false;
      }
      const { coupon, certificate, refusal } = answer.value;
      const now = flowNow.current;
      const fits = now.step === 'sale' && refusal === null && coupon?.alone !== true && certificate?.blocked !== true;
      if (!fits) setFound({ code, answer: answer.value });
      else if (coupon !== null) dispatch({ type: 'codes', codes: withCoupon(now.sale.codes, coupon.code) });
      else if (certificate !== null) {
        dispatch({ type: 'codes', codes: withCertificate(now.sale.codes, certificate.code) });
      }
      signal(refusal === null ? 'success' : 'failure', sound);
      return true;
    },
    [api, sound, onSignedOut, dispatch],
  );

  const tryAfterFind = useCallback(
    async (query: string): Promise<boolean> => {
      if (!mayBeCode(query) || !/\p{L}/u.test(query)) return false;
      const known = await look(query);
      setProblem(null);
      if (known) dispatch({ type: 'notGuest', query });
      return known;
    },
    [look, dispatch],
  );
  const close = useCallback(() => {
    setFound(null);
    setProblem(null);
  }, []);
  return { own, found, busy, problem, look, tryAfterFind, close };
}
