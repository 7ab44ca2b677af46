import type { AccountState, OpeningLot, Rules } from '@tessera/loyalty';
import { decide, newAccountState } from '@tessera/loyalty';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { addGuests, type Identifier, type Profile } from '../../guests/index.ts';
import { selectGroup } from '../accounts.store.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { type StoredEntry, withBalances } from '../model.ts';
import {
  type ChangedBulkAccount,
  deleteImportedLots,
  insertAccounts,
  insertImportedLots,
  type KnownGuest,
  type NewBulkAccount,
  selectKnownGuests,
  updateAccounts,
} from './bulk.store.ts';

/** A guest as a file brings him. The first identifier is what he is known by. */
export type BroughtGuest = {
  identifiers: readonly [Identifier, ...Identifier[]];
  profile: Profile;
  /** `key`: hexadecimal, the same for the same lot wherever it is met again. */
  lots: readonly (OpeningLot & { key: string })[];
  turnover: bigint | undefined;
  level: string | undefined;
};

export type Brought = {
  /** What became of the guest, by his place in the batch. */
  guests: readonly {
    outcome: 'opened' | 'changed' | 'unchanged' | 'refused';
    points: bigint;
    lots: number;
    /** Lots that had come before. */
    repeated: number;
    /** The engine's reason, for `refused`. */
    refusal: string | null;
    /** Kinds of further identifiers that belong to somebody else and were left to him. */
    taken: readonly string[];
  }[];
};

/** Into which programme, as accounts of which group. */
export type BringInto = { programmeId: number; groupId: number; rules: Rules; now: Temporal.Instant };

/** Another write was first: the batch is to be brought again. */
export class BatchRaced extends Error {}

/** The programme of a group and the rules in force; null when there is no such group. */
export async function findGroupRules(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  groupId: number,
): Promise<BringInto | null> {
  const found = await selectGroup(tenant, groupId);
  if (!found) return null;
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, found.rules, now);
  return { programmeId: found.group.programmeId, groupId, rules, now };
}

/**
 * Brings a batch of guests with what they had elsewhere, each named once: unknown ones get an account, known ones their
 * points on top. A lot whose key has come before is left out, so that the same batch again changes nothing. The profile
 * of a known guest stays as it is. Everything is decided by the engine and written by statements for the whole batch.
 */
export async function bringGuests(
  transaction: TenantTransaction,
  guests: readonly BroughtGuest[],
  into: BringInto,
): Promise<Brought> {
  const { companyId } = transaction;
  const fresh = await insertImportedLots(
    transaction,
    guests.flatMap(({ lots }) => lots.map(({ key }) => key)),
  );
  const names = guests.map(({ identifiers: [first] }) => first);
  const known = await selectKnownGuests(transaction, companyId, into.programmeId, names);
  const workings = new Map<number, Working>();
  const decided = guests.map((guest) => decideGuest(guest, workingOf(known.get(nameOf(guest)), workings), fresh, into));
  const refused = guests.filter((_, index) => decided[index]!.refusal !== null);
  const unused = refused.flatMap(({ lots }) => lots.filter(({ key }) => fresh.has(key)).map(({ key }) => key));
  await deleteImportedLots(transaction, unused);
  const strangers = guests.flatMap((guest, index) =>
    known.has(nameOf(guest)) || decided[index]!.refusal !== null ? [] : [{ guest, index }],
  );
  const added = await addGuests(
    transaction,
    strangers.map(({ guest }) => guest),
    into.now,
  );
  const taken = new Map<number, string[]>();
  for (const { index: place, kind } of added.taken) {
    const { guest, index } = strangers[place]!;
    if (kind === guest.identifiers[0].kind) throw new BatchRaced();
    taken.set(index, [...(taken.get(index) ?? []), kind]);
  }
  const newIds = new Map(strangers.map(({ index }, place) => [index, added.guestIds[place]!]));
  await writeAccounts(transaction, decided, newIds, into);
  return {
    guests: decided.map(({ outcome, points, lots, repeated, refusal }, index) => ({
      outcome,
      points,
      lots,
      repeated,
      refusal,
      taken: taken.get(index) ?? [],
    })),
  };
}

const nameOf = ({ identifiers: [first] }: BroughtGuest): string => `${first.kind} ${first.value}`;

/** An account on its way to its new state. Two names of one guest lead to the same one. */
type Working = {
  readonly known: KnownGuest | null;
  state: AccountState;
  stored: StoredEntry[];
  celebrates: boolean;
  /** To be opened, even with nothing on it. */
  opens: boolean;
};

function workingOf(known: KnownGuest | undefined, workings: Map<number, Working>): Working {
  const begun = known === undefined ? undefined : workings.get(known.guestId);
  if (begun) return begun;
  const state = known?.account?.state ?? newAccountState();
  const working: Working = { known: known ?? null, state, stored: [], celebrates: false, opens: false };
  if (known) workings.set(known.guestId, working);
  return working;
}

type Decided = Omit<Brought['guests'][number], 'taken'> & { working: Working };

function decideGuest(
  guest: BroughtGuest,
  working: Working,
  fresh: ReadonlySet<string>,
  { rules, now }: BringInto,
): Decided {
  const lots = guest.lots.filter(({ key }) => fresh.has(key));
  const { turnover, level } = guest;
  const decision = decide(working.state, { kind: 'open_balance', lots, turnover, level }, rules, now);
  const counted = { lots: lots.length, repeated: guest.lots.length - lots.length, working };
  if (!decision.ok) return { outcome: 'refused', points: 0n, ...counted, refusal: decision.refusal.code };
  const { points } = decision.outcome;
  const opens = !working.known?.account && !working.opens;
  const changes = decision.entries.length > 0;
  working.stored.push(...withBalances(working.state, decision.entries));
  working.state = decision.state;
  working.celebrates ||= rules.birthday !== null && guest.profile.birthday !== null;
  working.opens ||= opens;
  return { outcome: opens ? 'opened' : changes ? 'changed' : 'unchanged', points, ...counted, refusal: null };
}

async function writeAccounts(
  transaction: TenantTransaction,
  decided: readonly Decided[],
  newIds: ReadonlyMap<number, number>,
  into: BringInto,
): Promise<void> {
  const opened: NewBulkAccount[] = [];
  const changed: ChangedBulkAccount[] = [];
  const written = new Set<Working>();
  decided.forEach(({ working }, index) => {
    if (written.has(working)) return;
    written.add(working);
    const { known, ...account } = working;
    if (working.opens) opened.push({ ...account, guestId: known?.guestId ?? newIds.get(index)! });
    else if (known?.account && working.stored.length > 0) {
      changed.push({ ...account, accountId: known.account.accountId, version: known.account.version });
    }
  });
  await insertAccounts(transaction, opened, into);
  if (!(await updateAccounts(transaction, changed, into))) throw new BatchRaced();
}
