import type { CredentialRow } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import { type CredentialProblem, checkCredential } from '@tessera/pkpass';
import type { Translate } from '../../platform/texts.ts';
import type { ListedCredential } from './store/credentials.ts';
import type { PushState } from './store/push-states.ts';

export type Reader = { readonly language: Language; readonly t: Translate };

/** How its pushes go, and how many cards in phones wait for theirs. */
export type CredentialHealth = {
  readonly push: PushState | undefined;
  readonly waiting: { readonly unfetched: number; readonly again: number } | undefined;
};

/** A credential as its owner sees it, with what is wrong with it now. */
export function describeCredential(
  credential: ListedCredential,
  now: Temporal.Instant,
  reader: Reader,
  { push, waiting }: CredentialHealth,
): CredentialRow {
  const { certificate, intermediate, notAfter } = credential;
  const report =
    certificate && intermediate
      ? checkCredential({
          certificate,
          intermediate,
          passTypeIdentifier: credential.passTypeIdentifier,
          teamIdentifier: credential.teamIdentifier,
          now,
        })
      : null;
  const facts = report?.facts;
  return {
    credentialId: credential.credentialId,
    name: credential.name,
    passTypeIdentifier: credential.passTypeIdentifier,
    teamIdentifier: credential.teamIdentifier,
    status: notAfter === null ? 'requested' : Temporal.Instant.compare(now, notAfter) > 0 ? 'expired' : 'active',
    demo: credential.demo,
    notBefore: credential.notBefore?.toString() ?? null,
    notAfter: notAfter?.toString() ?? null,
    issuer: facts ? [facts.issuer, facts.issuerGeneration].filter(Boolean).join(', ') : null,
    passes: credential.passes,
    nfc: facts?.nfcCapable ?? false,
    pushes: {
      halted: push?.halted ?? null,
      haltedAt: push?.haltedAt?.toString() ?? null,
      refused: push?.refused ?? null,
      unfetched: waiting?.unfetched ?? 0,
      pushedAgain: waiting?.again ?? 0,
    },
    problems: [
      ...(report?.problems ?? []).map((problem) => ({
        code: problem.code,
        severity: problem.severity,
        message: tellProblem(problem, reader),
      })),
      ...pushProblems(push, reader),
    ],
  };
}

function pushProblems(push: PushState | undefined, { t }: Reader): CredentialRow['problems'] {
  const problem = (code: string, params: Record<string, string> = {}) => [
    { code, severity: 'error' as const, message: t(`server:credential.problem.${code}`, params) },
  ];
  if (push?.halted) return problem(`pushes_halted_${push.halted}`);
  return push?.refused ? problem('pushes_refused', { reason: push.refused }) : [];
}

/** What is wrong with a certificate and what to do about it, in a sentence. */
export function tellProblem({ code, params }: CredentialProblem, { language, t }: Reader): string {
  const readable = Object.entries(params).map(([name, value]): [string, unknown] => {
    if (name === 'notAfter' || name === 'notBefore') return [name, tellDay(String(value), language)];
    // The plural form follows `count`.
    if (name === 'days') return ['count', value];
    if (name === 'found') return [name, t(`server:credential.found.${value}`)];
    return [name, value];
  });
  return t(`server:credential.problem.${code}`, Object.fromEntries(readable));
}

const tellDay = (instant: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Temporal.Instant.from(instant).epochMilliseconds);
