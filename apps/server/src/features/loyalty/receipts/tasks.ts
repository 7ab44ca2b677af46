import type { FeatureJobs } from '../../../platform/jobs/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { withdrawForCheck } from './decide-receipt.ts';
import { settleReceipts } from './settle-receipts.ts';

/** Receipts whose hours are over are approved; a till's later word about the same document takes one back. */
export function receiptJobs(platform: LoyaltyPlatform): FeatureJobs {
  return {
    outbox: {
      check_document: (companyId, { storage, document }) => [
        { task: 'withdraw_receipt', companyId, payload: { storage, document } },
      ],
    },
    tasks: {
      withdraw_receipt: ({ storage, document }, companyId) =>
        withdrawForCheck(platform, platform.database.tenant(companyId), {
          storage: String(storage),
          document: String(document),
        }),
      async settle_receipts() {
        for (const companyId of await platform.directory.companies()) {
          await settleReceipts(platform, platform.database.tenant(companyId));
        }
      },
    },
    everyMinute: ['settle_receipts'],
  };
}
