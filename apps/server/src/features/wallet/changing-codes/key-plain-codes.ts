import type { Tenant } from '../../../platform/database/index.ts';
import { replacePlainCodes, selectPlainCodes } from '../store/card-codes.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import { keyedCodeHash, PLAIN_HASH_BYTES } from './shown-codes.ts';

const BATCH = 1_000;
/** After so long a job ends and asks for the next one, so that a stopping process waits for no company. */
const SLICE_MILLISECONDS = 8_000;

/**
 * Keys the hashes of codes that were kept without a key. Asked for by the migration that brought the key; each batch is one
 * statement, so whoever dies in between goes on with what is left. Meanwhile codes are looked up by both hashes.
 */
export async function keyPlainCodes(wallet: Wallet, tenant: Tenant): Promise<void> {
  const { companyId } = tenant;
  const end = performance.now() + SLICE_MILLISECONDS;
  for (let after = Buffer.alloc(0); ; ) {
    const plain = await selectPlainCodes(tenant, { after, bytes: PLAIN_HASH_BYTES, limit: BATCH });
    const last = plain.at(-1);
    if (!last) return;
    const keeper = { vault: wallet.vault, companyId };
    await replacePlainCodes(
      tenant,
      plain.map((code) => ({ ...code, keyed: keyedCodeHash(keeper, code.codeHash) })),
    );
    // From here on: without it each look would pass over all that are keyed already.
    after = Buffer.from(last.codeHash);
    if (performance.now() > end) break;
  }
  await tenant.transaction((transaction) => writeOutbox(transaction, 'card_codes_plain', {}, wallet.clock.now()));
  wallet.wake();
}
