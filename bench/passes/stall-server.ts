/** A small HTTP server that also builds cards in bulk when told `{ seconds }`; answers with cards per second. */
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { buildBundle, compileAssets, createSigner } from '../../packages/pkpass/src/index.ts';
import { loadAppleChain } from '../../packages/testkit/src/pki.ts';
import { makeCard } from './card.ts';
import { drawImages } from './images.ts';

const chain = await loadAppleChain(process.argv[2] ?? '');
const signer = createSigner({
  certificate: chain.leaf.certificatePem,
  privateKey: chain.leaf.privateKeyPem,
  intermediate: chain.intermediate.certificatePem,
});
const assets = compileAssets(drawImages());

async function buildInBulk(seconds: number): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let count = 0;
  const lane = async () => {
    while (performance.now() < end) {
      await buildBundle({ signer, assets, pass: makeCard(count), signingTime: Temporal.Now.instant() });
      count++;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() * 2 }, lane));
  return (count / (performance.now() - start)) * 1000;
}

const server = createServer((_request, response) => response.end('ok'));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : 0);
});
process.on('message', (order: { readonly seconds: number }) => {
  void buildInBulk(order.seconds).then((perSecond) => process.send?.(perSecond));
});
process.on('disconnect', () => process.exit());
