import { constants, hash, type KeyObject, privateEncrypt, sign } from 'node:crypto';
import { availableParallelism } from 'node:os';

/** RSA PKCS#1 v1.5 with SHA-256 over `bytes`. */
export type RawSign = (bytes: Uint8Array) => Promise<Buffer>;

/** Where the processor time of a signature is spent. */
export type SigningPlace = 'thread_pool' | 'event_loop';

/** The thread pool, unless there is only one core: there a second thread only adds switching between the two. */
export function defaultSigningPlace(): SigningPlace {
  return availableParallelism() > 1 ? 'thread_pool' : 'event_loop';
}

export function makeRawSign(key: KeyObject, place: SigningPlace): RawSign {
  return place === 'thread_pool' ? (bytes) => signInThreadPool(key, bytes) : makeEventLoopSign(key);
}

function signInThreadPool(key: KeyObject, bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', bytes, key, (error, value) => (error ? reject(error) : resolve(value)));
  });
}

type Job = {
  readonly bytes: Uint8Array;
  readonly resolve: (signature: Buffer) => void;
  readonly reject: (reason: unknown) => void;
};

/** DER of DigestInfo up to the digest itself (RFC 8017, 9.2). */
const sha256DigestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** About a millisecond: long enough that the turns cost nothing, short enough that nobody waits. */
const signaturesPerTurn = 4;

/** A few signatures per turn of the event loop, however many are waiting: everything else gets its turn between. */
function makeEventLoopSign(key: KeyObject): RawSign {
  const options = { key, padding: constants.RSA_PKCS1_PADDING };
  // The same value as `sign('sha256', …)` without the set-up of a digest context, which costs 3 % of a signature.
  const signHere = (bytes: Uint8Array): Buffer =>
    privateEncrypt(options, Buffer.concat([sha256DigestInfo, hash('sha256', bytes, 'buffer')]));
  const waiting: Job[] = [];
  const signSome = (): void => {
    const jobs = waiting.splice(0, signaturesPerTurn);
    if (waiting.length > 0) setImmediate(signSome);
    for (const job of jobs) {
      try {
        job.resolve(signHere(job.bytes));
      } catch (error) {
        job.reject(error);
      }
    }
  };
  return (bytes) =>
    new Promise((resolve, reject) => {
      waiting.push({ bytes, resolve, reject });
      if (waiting.length === 1) setImmediate(signSome);
    });
}
