import { useCallback } from 'react';
import type { TillApi } from '../api/client.ts';
import { needsSignIn, type Problem } from '../api/problem.ts';
import { signal } from '../device/feedback.ts';
import { mayBeName } from './codes.ts';
import type { Action } from './flow.ts';

interface FindSetting {
  readonly api: TillApi;
  readonly sound: boolean;
  /** Called when the server no longer knows the session. */
  readonly onSignedOut: () => void;
}

const QUERY_MAX = 200;

/** Looks for what was typed or scanned: a phone, a card, a name, or else a coupon. */
export function useFind(
  { api, sound, onSignedOut }: FindSetting,
  dispatch: (action: Action) => void,
  tryAsCode: (query: string) => Promise<boolean>,
): { readonly find: (query: string) => void; readonly choose: (query: string, accountId: number) => void } {
  const miss = useCallback(
    (query: string, problem: Problem) => {
      if (needsSignIn(problem)) onSignedOut();
      signal('failure', sound);
      dispatch({ type: 'notFound', query, problem });
    },
    [sound, onSignedOut, dispatch],
  );
  const take = useCallback(
    async (query: string, accountId: number) => {
      const answer = await api.guest(accountId);
      if (answer.ok) dispatch({ type: 'found', query, guest: answer.value });
      else miss(query, answer.problem);
    },
    [api, dispatch, miss],
  );
  /** @returns whether there was anybody of this name */
  const byName = useCallback(
    async (query: string): Promise<boolean> => {
      const answer = await api.search(query);
      if (!answer.ok) return false;
      const { items } = answer.value;
      const only = items.length === 1 ? items[0] : undefined;
      if (only !== undefined) await take(query, only.accountId);
      else if (items.length > 0) dispatch({ type: 'named', query, choices: answer.value });
      return items.length > 0;
    },
    [api, dispatch, take],
  );
  const find = useCallback(
    async (raw: string) => {
      const query = raw.trim().slice(0, QUERY_MAX);
      if (query === '') return;
      dispatch({ type: 'find', query });
      if (mayBeName(query) && (await byName(query))) return;
      const answer = await api.find(query);
      if (answer.ok) return dispatch({ type: 'found', query, guest: answer.value });
      // What is nobody's card may be a coupon, a ticket or a certificate.
      if (answer.problem.code === 'account_not_found' && (await tryAsCode(query))) return;
      miss(query, answer.problem);
    },
    [api, dispatch, tryAsCode, byName, miss],
  );
  const choose = useCallback(
    (query: string, accountId: number) => {
      dispatch({ type: 'find', query });
      void take(query, accountId);
    },
    [dispatch, take],
  );
  return { find: useCallback((query: string) => void find(query), [find]), choose };
}
