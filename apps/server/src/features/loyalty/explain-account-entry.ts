import type { EntryStory } from '@tessera/contract';
import { type Entry, entryFromJson } from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import { type DetailTelling, detailsOf } from './entry-details.ts';
import { explainEntry } from './explain.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import { selectEntriesBySequence } from './reads.store.ts';
import { walletNameOf } from './wallets/describe-wallets.ts';

const PARENTS_MAX = 50;

/** One entry with everything behind it: the entries that led to it, the details, the double entry; null when unknown. */
export async function explainAccountEntry(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { accountId, sequence }: { accountId: number; sequence: number },
  telling: DetailTelling,
): Promise<EntryStory | null> {
  const [row] = await selectEntriesBySequence(tenant, accountId, [sequence]);
  if (!row) return null;
  const entry = entryFromJson(row.body);
  const numbers = [...new Set(entry.explain.parents)].slice(0, PARENTS_MAX);
  const parents = (await selectEntriesBySequence(tenant, accountId, numbers)).map(({ body }) => entryFromJson(body));
  const rules = await platform.rules.version(tenant, Number(entry.explain.rulesId));
  const tell = (one: Entry) => ({
    sequence: one.id,
    occurredAt: one.occurredAt.toString(),
    text: explainEntry(one, telling),
  });
  return {
    ...tell(entry),
    recordedAt: entry.recordedAt.toString(),
    checkId: row.checkId,
    wallet: walletNameOf(entry, rules),
    rulesId: Number(entry.explain.rulesId),
    details: detailsOf(entry, parents, rules, telling),
    parents: parents.map(tell),
    postings: entry.postings.map(({ account, debit, credit }) => ({
      account,
      name: telling.t(`server:ledger.${withoutReason(account)}`),
      debit: Number(debit),
      credit: Number(credit),
    })),
  };
}

/** `issued:welcome` is one account of the programme to whoever reads it: `issued`. */
const withoutReason = (account: string): string => account.split(':')[0]!;
