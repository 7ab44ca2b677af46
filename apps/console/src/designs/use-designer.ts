import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DesignDetail, DesignProblem } from '@tessera/contract';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api/http.ts';
import { useSession } from '../app/company.ts';
import { useKept } from '../ui/kept.ts';
import { bodyOf } from './body-of.ts';
import { type Draft, draftOf } from './draft.ts';
import { pathOf } from './problem-place.ts';
import { designQuery, previewQuery } from './queries.ts';

const PREVIEW_AFTER_MILLISECONDS = 350;

export type Problem = Pick<DesignProblem, 'path' | 'severity' | 'message'>;
export type Change = (part: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => void;

type Kept = { readonly revision: number; readonly draft: Draft };

/** A design in hand: what is typed, how it differs from what is saved, and the ways to save and push it. */
export function useDesigner(detail: DesignDetail) {
  const { timeZone } = useSession().company;
  const queryClient = useQueryClient();
  const [base, setBase] = useState(() => draftOf(detail, timeZone));
  const kept = useKept<Kept>(`design.${detail.designId}`, { revision: detail.revision, draft: base });
  const { draft, revision } = kept.value;
  const read = useMemo(() => bodyOf(draft, timeZone), [draft, timeZone]);
  const changed = useMemo(() => signOf(draft, timeZone) !== signOf(base, timeZone), [draft, base, timeZone]);
  const { forget } = kept;
  // What is saved need not be kept beside it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `forget` is made anew with every drawing and does the same
  useEffect(() => {
    if (!changed) forget();
  }, [changed, draft]);

  // Saved elsewhere, or here with an answer that never came: where nothing is typed, there is nothing to ask about.
  const behind = detail.revision > revision;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the design only a newer revision matters
  useEffect(() => {
    if (changed || !behind) return;
    const next = draftOf(detail, timeZone);
    setBase(next);
    kept.change({ draft: next, revision: detail.revision });
  }, [changed, behind]);

  const change: Change = (part) =>
    kept.change((before) => ({
      draft: { ...before.draft, ...(typeof part === 'function' ? part(before.draft) : part) },
    }));

  const accept = (saved: DesignDetail, sent: Draft): void => {
    setBase(sent);
    kept.change({ revision: saved.revision });
    queryClient.setQueryData(designQuery(String(saved.designId)).queryKey, saved);
    void queryClient.invalidateQueries({ queryKey: ['designs'], refetchType: 'none' });
  };
  const save = useMutation({
    mutationFn: async ({ push = false, over = revision }: { push?: boolean; over?: number }) => {
      const body = {
        name: draft.name.trim(),
        credentialId: draft.credential === '' ? null : Number(draft.credential),
        body: read.body,
        revision: over,
        ...(push ? { push } : {}),
      };
      const saved = await request<DesignDetail>(`/designs/${detail.designId}`, { method: 'PUT', body });
      return { saved, sent: draft };
    },
    onSuccess: ({ saved, sent }) => accept(saved, sent),
  });
  const push = useMutation({
    mutationFn: () => request<DesignDetail>(`/designs/${detail.designId}/push`, { method: 'POST', body: { revision } }),
    onSuccess: (pushed) => accept(pushed, base),
  });

  /** Throws away what is typed and shows what is saved now. */
  const takeTheirs = async (): Promise<void> => {
    const theirs = await queryClient.fetchQuery({ ...designQuery(String(detail.designId)), staleTime: 0 });
    const next = draftOf(theirs, timeZone);
    save.reset();
    push.reset();
    setBase(next);
    kept.change({ draft: next, revision: theirs.revision });
  };
  /** Puts what is typed over what somebody else has saved meanwhile. */
  const putMine = async (): Promise<void> => {
    const theirs = await queryClient.fetchQuery({ ...designQuery(String(detail.designId)), staleTime: 0 });
    save.mutate({ over: theirs.revision });
  };

  return {
    detail,
    draft,
    read,
    changed,
    change,
    save,
    push,
    takeTheirs,
    putMine,
    /** Somebody else has saved since this was opened. */
    overtaken: (changed && behind) || isOvertaken(save.error) || isOvertaken(push.error),
  };
}

/** Two that have it alike say the same: a line that is still empty is no change. */
const signOf = (draft: Draft, timeZone: string): string =>
  JSON.stringify([draft.name.trim(), draft.credential, bodyOf(draft, timeZone)]);

const isOvertaken = (error: unknown): boolean => error instanceof ApiError && error.code === 'design_changed';

export type DesignerInHand = ReturnType<typeof useDesigner>;

/** The faces of what is typed, and everything that is wrong with it: read here, by the server, and when it refused. */
export function usePreview({ detail, draft, read, save }: DesignerInHand, serial: string) {
  const { t } = useTranslation('designs');
  const [body] = useDebouncedValue(read.body, PREVIEW_AFTER_MILLISECONDS);
  const preview = useQuery(
    previewQuery({
      body,
      credentialId: draft.credential === '' ? null : Number(draft.credential),
      designId: detail.designId,
      ...(serial === '' ? {} : { serial }),
    }),
  );
  // A question that failed, or came too soon after others, leaves the last picture where it is.
  const last = useRef(preview.data);
  last.current = preview.data ?? last.current;
  const unread = [
    ...read.unread,
    ...(draft.name.trim() === '' ? [{ path: 'name', code: 'missing' as const }] : []),
  ].map(({ path, code }): Problem => ({ path, severity: 'error', message: t(`unread.${code}`) }));
  const refused = [preview.error, save.error].flatMap(fieldsOf);
  const problems = unique([...unread, ...(last.current?.problems ?? []), ...refused]);
  return { faces: last.current?.faces ?? [], preview, problems };
}

export type PreviewInHand = ReturnType<typeof usePreview>;

const fieldsOf = (error: unknown): Problem[] =>
  error instanceof ApiError
    ? error.fields.map(({ path, message }) => ({ path: pathOf(path), severity: 'error', message }))
    : [];

function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ path, message }) => {
    const sign = `${path} ${message}`;
    return !seen.has(sign) && seen.add(sign);
  });
}
