import type { ProbonusCredentials, ProbonusShadow, ShadowReport } from '@tessera/contract';

/** How an installation says sums and phones, and what its fields are called: the last as JSON, because it is seldom needed. */
export type MappingDraft = {
  amounts: 'kopecks' | 'roubles';
  phones: 'digits' | 'plus' | 'eight';
  methods: string;
};

export const mappingDraftOf = (mapping: Record<string, unknown>): MappingDraft => ({
  amounts: mapping.amounts === 'roubles' ? 'roubles' : 'kopecks',
  phones: mapping.phones === 'plus' || mapping.phones === 'eight' ? mapping.phones : 'digits',
  methods: JSON.stringify(mapping.methods ?? {}, null, 2),
});

/** The mapping that the draft stands for; what is in it the server judges, field by field. */
export function readMapping({ amounts, phones, methods }: MappingDraft) {
  const wrong: (keyof MappingDraft)[] = [];
  let read: unknown = {};
  try {
    read = JSON.parse(methods.trim() === '' ? '{}' : methods);
  } catch {
    wrong.push('methods');
  }
  return { settings: { amounts, phones, methods: read } as Record<string, unknown>, wrong };
}

export type ShadowDraft = { on: boolean; url: string; seconds: string; way: 'token' | 'login' };

export const shadowDraftOf = (shadow: ProbonusShadow | null): ShadowDraft => ({
  on: shadow?.on ?? false,
  url: shadow?.url ?? '',
  seconds: String((shadow?.timeoutMilliseconds ?? 5_000) / 1000),
  way: 'token',
});

/** Where calls are mirrored to; null while no address is given. */
export function readShadow({ on, url, seconds }: ShadowDraft) {
  const wrong: (keyof ShadowDraft)[] = [];
  const address = url.trim().replace(/\/api\/v0\/?$|\/$/, '');
  const usable = URL.canParse(address) && /^https?:/.test(address);
  if (address === '' ? on : !usable) wrong.push('url');
  const wait = Number(seconds.trim().replace(',', '.')) * 1000;
  if (!(wait >= 500 && wait <= 30_000)) wrong.push('seconds');
  const shadow: ProbonusShadow | null =
    address === '' ? null : { on, url: address, timeoutMilliseconds: Math.round(wait) };
  return { settings: shadow, wrong };
}

/** What has been typed of a secret; undefined leaves what is stored. */
export function readCredentials(way: ShadowDraft['way'], typed: { token: string; login: string; password: string }) {
  const { token, login, password } = typed;
  if (way === 'token') return token.trim() === '' ? undefined : ({ token: token.trim() } satisfies ProbonusCredentials);
  return login.trim() === '' || password === ''
    ? undefined
    : ({ login: login.trim(), password } satisfies ProbonusCredentials);
}

/** So many compared calls say something. */
const ENOUGH_CALLS = 200;

/** Whether tills can be switched over, as far as the comparison tells. */
export function adviceOf({ methods }: ShadowReport): 'none' | 'differs' | 'few' | 'ready' {
  const sum = (count: (one: ShadowReport['methods'][number]) => number) =>
    methods.reduce((total, one) => total + count(one), 0);
  if (sum(({ calls }) => calls) === 0) return 'none';
  if (sum(({ different, oursRefused, oursFailed }) => different + oursRefused + oursFailed) > 0) return 'differs';
  return sum(({ equal }) => equal) < ENOUGH_CALLS ? 'few' : 'ready';
}
