/**
 * One contestant in a process of its own, so that it can be bound to one core. Driven over IPC: `{ seconds }` runs for
 * about that long and answers how many it made and what it cost.
 */
import { createPrivateKey, sign } from 'node:crypto';
import { Template } from '@walletpass/pass-js';
import { PKPass } from 'passkit-generator';
import { buildBundle, buildBundleParts, compileAssets, createSigner } from '../../packages/pkpass/src/index.ts';
import { type AppleChain, loadAppleChain } from '../../packages/testkit/src/pki.ts';
import { makeCard, passTypeIdentifier, teamIdentifier } from './card.ts';
import { drawImages } from './images.ts';

export type Measured = {
  readonly count: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly bytes: number;
};

/** Makes one and resolves to its length in bytes. */
type MakeOne = (index: number) => Promise<number> | number;
type Contestant = { readonly makeOne: MakeOne; readonly inFlight: number; readonly synchronous?: boolean };

const contestants: Record<string, (chain: AppleChain) => Contestant | Promise<Contestant>> = {
  rsa: (chain) => {
    const key = createPrivateKey(chain.leaf.privateKeyPem);
    const message = Buffer.alloc(150, 7);
    return { makeOne: () => sign('sha256', message, key).length, inFlight: 1, synchronous: true };
  },
  rsaAsync: (chain) => {
    const key = createPrivateKey(chain.leaf.privateKeyPem);
    const message = Buffer.alloc(150, 7);
    const makeOne = () =>
      new Promise<number>((resolve, reject) =>
        sign('sha256', message, key, (error, value) => (error ? reject(error) : resolve(value.length))),
      );
    return { makeOne, inFlight: 8 };
  },
  tessera: (chain) => ({ makeOne: makeOurs(chain), inFlight: 8 }),
  tesseraParts: (chain) => {
    const { signer, assets } = prepare(chain);
    const makeOne: MakeOne = async (index) => {
      const parts = await buildBundleParts({
        signer,
        assets,
        pass: makeCard(index),
        signingTime: Temporal.Now.instant(),
      });
      return parts.length;
    };
    return { makeOne, inFlight: 8 };
  },
  passkitGenerator: (chain) => {
    const images = Object.fromEntries(drawImages());
    const certificates = {
      wwdr: chain.intermediate.certificatePem,
      signerCert: chain.leaf.certificatePem,
      signerKey: chain.leaf.privateKeyPem,
    };
    const makeOne: MakeOne = (index) => {
      const pass = new PKPass({ ...images, 'pass.json': Buffer.from(JSON.stringify(makeCard(index))) }, certificates);
      return pass.getAsBuffer().length;
    };
    return { makeOne, inFlight: 1, synchronous: true };
  },
  passJs: async (chain) => {
    const template = new Template('storeCard', { passTypeIdentifier, teamIdentifier });
    for (const [name, data] of drawImages()) {
      const image = template.images.parseFilename(name);
      if (image) await template.images.add(image.imageType, data, image.density);
    }
    template.setCertificate(chain.leaf.certificatePem);
    template.setPrivateKey(chain.leaf.privateKeyPem);
    // Its own types for the same pass.json are mutable; the content is exactly ours.
    type Fields = NonNullable<Parameters<typeof template.createPass>[0]>;
    const makeOne: MakeOne = async (index) =>
      (await template.createPass(makeCard(index) as unknown as Fields).asBuffer()).length;
    return { makeOne, inFlight: 1 };
  },
};

function prepare(chain: AppleChain) {
  const signer = createSigner({
    certificate: chain.leaf.certificatePem,
    privateKey: chain.leaf.privateKeyPem,
    intermediate: chain.intermediate.certificatePem,
  });
  return { signer, assets: compileAssets(drawImages()) };
}

function makeOurs(chain: AppleChain): MakeOne {
  const { signer, assets } = prepare(chain);
  return async (index) => {
    const bundle = await buildBundle({ signer, assets, pass: makeCard(index), signingTime: Temporal.Now.instant() });
    return bundle.length;
  };
}

let nextIndex = 0;

/** Keeps `inFlight` under way until the time is up, then waits for the last. */
async function measure({ makeOne, inFlight, synchronous }: Contestant, seconds: number): Promise<Measured> {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const end = start + seconds * 1000;
  let count = 0;
  let bytes = 0;
  if (synchronous) {
    while (performance.now() < end) {
      bytes = await makeOne(nextIndex++);
      count++;
    }
  } else {
    const lane = async () => {
      while (performance.now() < end) {
        bytes = await makeOne(nextIndex++);
        count++;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
  }
  const cpu = process.cpuUsage(cpuBefore);
  const elapsed = (performance.now() - start) / 1000;
  return { count, seconds: elapsed, cpuSeconds: (cpu.user + cpu.system) / 1e6, bytes };
}

const [name = '', folder = ''] = process.argv.slice(2);
const contestant = await contestants[name]?.(await loadAppleChain(folder));
if (!contestant) throw new Error(`no contestant called ${name}`);
process.on('message', (order: { readonly seconds: number }) => {
  void measure(contestant, order.seconds).then((measured) => process.send?.(measured));
});
process.send?.('ready');
