import type { Language } from '@tessera/contract/messages';
import { Value } from 'typebox/value';
import type { Tenant } from '../../../platform/database/index.ts';
import { createInTurn } from '../../../platform/in-turn.ts';
import { storableJson } from '../../../platform/json-text.ts';
import { mapRequest, readAnswer } from '../mapping/apply-mapping.ts';
import type { Settings } from '../settings/settings.ts';
import type { ProbonusPlatform, V0Method } from '../v0.ts';
import { compareAnswers, type Difference } from './compare.ts';
import { createOldServers, type MirroredCall, type TheirAnswer } from './old-server.ts';
import { type IdKind, insertId, type Outcome, recordCall, selectOurId } from './store.ts';

/** What the till asked, and for whom. */
export type Mirrored = {
  tenant: Tenant;
  settings: Settings;
  method: V0Method;
  call: MirroredCall;
  /** The query as it was read, for GET. */
  query: unknown;
  language: Language;
};

/** So many calls of a company may wait to be computed; further ones are counted as not compared. */
const WAITING_MAX = 500;
/** Fields that carry a number which each server gives by itself. */
const IDS: Readonly<Record<string, IdKind>> = { accountId: 'account', checkId: 'check' };

type Fields = Record<string, unknown>;
type Computed = {
  outcome: Outcome;
  milliseconds: number;
  accountId: number | null;
  differences: readonly Difference[];
};
const only = (outcome: Outcome): Computed => ({ outcome, milliseconds: 0, accountId: null, differences: [] });

/**
 * Mirrors calls to the old server: its answer is what the till gets. Ours is computed beside it, behind the answer and
 * one call of a company after the other, so that both servers see the same order; whatever goes wrong with ours, the
 * till never notices. A writing call that the old server has refused is not carried out here either.
 */
export function createMirror(platform: ProbonusPlatform) {
  const callOldServer = createOldServers();
  const inTurn = createInTurn();
  const waiting = new Map<number, number>();
  const working = new Set<Promise<void>>();

  function computeBehind(asked: Mirrored, theirs: TheirAnswer | null): void {
    const { companyId } = asked.tenant;
    const before = waiting.get(companyId) ?? 0;
    waiting.set(companyId, before + 1);
    const work = async () => {
      try {
        const computed = await computeOurs(platform, asked, theirs, before >= WAITING_MAX);
        const { outcome, milliseconds, accountId, differences } = computed;
        await recordCall(asked.tenant, {
          method: asked.method.name,
          outcome,
          ourMilliseconds: milliseconds,
          theirMilliseconds: theirs?.milliseconds ?? asked.settings.shadow!.timeoutMilliseconds,
          accountId,
          differences,
          now: platform.clock.now(),
        });
      } catch (error) {
        platform.log.warn({ error, method: asked.method.name }, 'a mirrored call could not be recorded');
      } finally {
        waiting.set(companyId, waiting.get(companyId)! - 1);
      }
    };
    const done = inTurn(String(companyId), work).finally(() => working.delete(done));
    working.add(done);
  }

  return {
    /** The old server's answer; null when it could not be reached in time. */
    async mirror(asked: Mirrored): Promise<TheirAnswer | null> {
      let theirs: TheirAnswer | null = null;
      try {
        theirs = await callOldServer(asked.tenant.companyId, asked.settings, asked.call);
      } catch (error) {
        platform.log.warn({ error, method: asked.method.name }, 'the old server did not answer');
      }
      computeBehind(asked, theirs);
      return theirs;
    },
    /** Waits for everything that is being computed. */
    settled: async () => {
      while (working.size > 0) await Promise.all(working);
    },
  };
}
export type Mirror = ReturnType<typeof createMirror>;

async function computeOurs(
  platform: ProbonusPlatform,
  asked: Mirrored,
  theirs: TheirAnswer | null,
  tooMany: boolean,
): Promise<Computed> {
  if (theirs === null) return only('theirs_failed');
  const { tenant, method, settings, language } = asked;
  const accepted = theirs.status >= 200 && theirs.status < 300;
  if (!accepted && method.writes) return only('theirs_refused');
  const told = accepted ? readJson(theirs.body) : null;
  const body = tooMany ? null : await bodyInOurWords(asked);
  if (body === null || (accepted && told === undefined)) return only('not_compared');
  const started = performance.now();
  try {
    const t = platform.texts(language);
    const valid = Value.Check(method.body, body);
    const result = valid
      ? await method.act({ platform, tenant, t, language }, body as never)
      : ({ ok: false, refusal: { code: 'invalid_request' } } as const);
    const milliseconds = performance.now() - started;
    const accountId = typeof body.accountId === 'number' ? body.accountId : null;
    const computed = { milliseconds, accountId, differences: [] as Difference[] };
    if (!result.ok) {
      // Both know no such guest: that is the same answer in two words.
      if (!accepted) return { ...computed, outcome: 'equal' };
      const refused = { path: '', ours: result.refusal.code, theirs: String(theirs.status) };
      return { ...computed, outcome: 'ours_refused', differences: [refused] };
    }
    if (!accepted) {
      return {
        ...computed,
        outcome: 'theirs_refused',
        differences: [{ path: '', ours: '200', theirs: String(theirs.status) }],
      };
    }
    const readable = readAnswer(settings.mapping, method, told);
    await learnIds(tenant, result.value, readable);
    const differences = compareAnswers(result.value, readable);
    if (differences === null) return { ...computed, outcome: 'not_compared' };
    const whose = accountId ?? ((result.value as Fields).accountId as number | undefined) ?? null;
    return { ...computed, accountId: whose, outcome: differences.length > 0 ? 'different' : 'equal', differences };
  } catch (error) {
    platform.log.warn({ error, method: method.name }, 'a mirrored call failed here');
    return { ...only('ours_failed'), milliseconds: performance.now() - started };
  }
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(storableJson(bytes.toString()) ?? '');
  } catch {
    return undefined;
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The request in our words and with our numbers; null when it cannot be read or names what we do not know. */
async function bodyInOurWords({ tenant, settings, method, call, query }: Mirrored): Promise<Fields | null> {
  const said = call.verb === 'GET' ? query : call.body && call.body.length > 0 ? readJson(call.body) : {};
  const read = mapRequest(settings.mapping, method, said);
  const body = call.verb === 'GET' ? Value.Convert(method.body, read) : read;
  if (!isFields(body)) return null;
  const ours = { ...body };
  for (const [name, kind] of Object.entries(IDS)) {
    if (ours[name] === undefined) continue;
    const id = await selectOurId(tenant, kind, String(ours[name]));
    if (id === null) return null;
    ours[name] = id;
  }
  return ours;
}

/** Two answers about one guest or one check tell what each server calls it. */
async function learnIds(tenant: Tenant, ours: unknown, theirs: unknown): Promise<void> {
  if (!isFields(ours) || !isFields(theirs)) return;
  for (const [name, kind] of Object.entries(IDS)) {
    const [own, their] = [ours[name], theirs[name]];
    const told = typeof their === 'number' || (typeof their === 'string' && their.length <= 100);
    if (typeof own === 'number' && told) await insertId(tenant, kind, String(their), own);
  }
}
