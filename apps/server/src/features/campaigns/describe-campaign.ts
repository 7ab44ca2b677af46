import type { Campaign } from '@tessera/contract';
import type { Texts } from '../../platform/texts.ts';
import { assetPath, type CardsOperation, isUndoable } from '../wallet/index.ts';
import { type CampaignRow, planOf, stateOf } from './model.ts';

const NOTHING = { total: 0, done: 0, same: 0, failed: 0 };

/** A campaign as its page shows it. `say` speaks the language of the reader. */
export function tellCampaign(
  row: CampaignRow,
  operation: CardsOperation | null,
  { companyId, now, say }: { companyId: number; now: Temporal.Instant; say: ReturnType<Texts> },
): Campaign {
  const { banner } = row.message;
  const { total, done, same, failed } = operation ?? NOTHING;
  return {
    campaignId: row.campaignId,
    state: stateOf(row, operation, now),
    ...planOf(row),
    bannerUrl: banner ? assetPath(companyId, banner['strip@2x.png']) : null,
    scheduled: row.scheduled,
    at: row.dueAt.toString(),
    createdAt: row.createdAt.toString(),
    finishedAt: (operation?.finishedAt ?? row.cancelledAt)?.toString() ?? null,
    problem: operation || !row.problem ? null : { code: row.problem, message: say(`errors:${row.problem}`) },
    operationId: row.bulkId,
    counts: { total, done, same, failed },
    undoable: operation !== null && isUndoable(operation),
  };
}
