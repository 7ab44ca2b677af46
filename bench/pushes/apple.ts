/**
 * Apple's push service in a process of its own: `apple.ts <the chain as JSON>`. Says where it listens; asked with a word it
 * answers how many pushes came and to how many different phones since it was last told to forget.
 */
import { startFakeApns } from '@tessera/testkit/apns';
import { type AppleChain, makeServerCertificate } from '@tessera/testkit/pki';

export type AppleReady = { readonly url: string; readonly ca: string };
export type AppleCount = { readonly pushes: number; readonly phones: number };

async function main(): Promise<void> {
  const chain: AppleChain = JSON.parse(process.argv[2]!);
  const apns = await startFakeApns({
    server: await makeServerCertificate({ now: Temporal.Now.instant() }),
    clientCa: [chain.root.certificatePem, chain.intermediate.certificatePem],
    clock: () => Temporal.Now.instant(),
    remember: 1,
  });
  let pushes = 0;
  const phones = new Set<string>();
  apns.onPush(({ token }) => {
    pushes += 1;
    phones.add(token);
  });
  process.on('message', (word: 'count' | 'forget') => {
    if (word === 'forget') {
      pushes = 0;
      phones.clear();
    }
    process.send?.({ pushes, phones: phones.size } satisfies AppleCount);
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: apns.url, ca: apns.caPem } satisfies AppleReady);
}

await main();
