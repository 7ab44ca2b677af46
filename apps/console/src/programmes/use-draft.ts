import { useQueryClient } from '@tanstack/react-query';
import type { RulesDraft } from '@tessera/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, request } from '../api/http.ts';
import { programmesQuery } from './api.ts';
import { type Body, withValue } from './body.ts';

const SAVE_AFTER_MILLISECONDS = 800;
const AGAIN_AFTER_MILLISECONDS = 5_000;

/** `conflict`: somebody else has saved meanwhile; what is typed here is kept on the page until it is decided. */
export type Saving = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';

type Kept = { body: Body; version: number; saved: Body; busy: boolean };

/** The draft under one's hands: it saves itself while one types, and once more when one goes away. */
export function useDraft(programmeId: string, first: RulesDraft) {
  const queryClient = useQueryClient();
  const [body, setBody] = useState<Body>(first.body);
  const [version, setVersion] = useState(first.version);
  const [saving, setSaving] = useState<Saving>('saved');
  const kept = useRef<Kept>({ body: first.body, version: first.version, saved: first.body, busy: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async (): Promise<number> => {
    const state = kept.current;
    clearTimeout(timer.current);
    if (state.busy || state.body === state.saved) return state.version;
    state.busy = true;
    setSaving('saving');
    const sent = state.body;
    try {
      const answer = await request<RulesDraft>(`/programmes/${programmeId}/draft`, {
        method: 'PUT',
        body: { version: state.version, body: sent },
      });
      state.version = answer.version;
      state.saved = sent;
      setVersion(answer.version);
      setSaving(state.body === sent ? 'saved' : 'waiting');
      if (state.body !== sent) timer.current = setTimeout(() => void save(), SAVE_AFTER_MILLISECONDS);
    } catch (error) {
      const conflict = error instanceof ApiError && error.code === 'draft_changed';
      setSaving(conflict ? 'conflict' : 'failed');
      if (!conflict) timer.current = setTimeout(() => void save(), AGAIN_AFTER_MILLISECONDS);
    } finally {
      state.busy = false;
    }
    return state.version;
  }, [programmeId]);

  useEffect(() => {
    const leave = (): void => {
      if (document.visibilityState === 'hidden') void save();
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      void save().then(() => queryClient.invalidateQueries({ queryKey: programmesQuery.queryKey }));
    };
  }, [save, queryClient]);

  const change = useCallback(
    (path: readonly (string | number)[], value: unknown): void => {
      const next = withValue(kept.current.body, path, value);
      kept.current.body = next;
      setBody(next);
      setSaving((now) => (now === 'conflict' ? now : 'waiting'));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), SAVE_AFTER_MILLISECONDS);
    },
    [save],
  );

  /** Puts what is typed here over what the other one has saved. */
  const overwrite = useCallback(async (): Promise<void> => {
    const other = await request<RulesDraft>(`/programmes/${programmeId}/draft`);
    kept.current.version = other.version;
    await save();
  }, [programmeId, save]);

  return { body, version, saving, change, save, overwrite };
}

export type DraftInHand = ReturnType<typeof useDraft>;
