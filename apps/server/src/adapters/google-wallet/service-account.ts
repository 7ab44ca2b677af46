import { createPrivateKey, type KeyObject } from 'node:crypto';

/** A service account of Google Cloud, ready for use: it asks for tokens and signs save links. */
export type ServiceAccount = {
  readonly email: string;
  readonly keyId: string;
  readonly key: KeyObject;
  /** The Google Cloud project, by which Google counts requests. */
  readonly project: string;
};

export type ServiceAccountProblem = 'not_json' | 'not_service_account' | 'key_unreadable' | 'key_too_short';

const EMAIL = /^[a-z0-9._-]{1,100}@([a-z0-9.-]{1,100})\.iam\.gserviceaccount\.com$/;
const KEY_BITS_MIN = 2048;

/**
 * Reads the JSON file that Google Cloud gives out with a key. Its `token_uri` is not followed: the file comes from
 * outside, and an address in it would let its author choose whom this server calls.
 */
export function readServiceAccount(
  text: string,
):
  | { readonly ok: true; readonly account: ServiceAccount }
  | { readonly ok: false; readonly problem: ServiceAccountProblem } {
  const file = parseObject(text);
  if (file === null) return { ok: false, problem: 'not_json' };
  const { type, client_email: email, private_key: pem, private_key_id: keyId, project_id: project } = file;
  const found = typeof email === 'string' ? EMAIL.exec(email) : null;
  if (type !== 'service_account' || typeof email !== 'string' || !found || typeof pem !== 'string') {
    return { ok: false, problem: 'not_service_account' };
  }
  const key = readKey(pem);
  if (key?.asymmetricKeyType !== 'rsa') return { ok: false, problem: 'key_unreadable' };
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < KEY_BITS_MIN) return { ok: false, problem: 'key_too_short' };
  const names = { keyId: typeof keyId === 'string' ? keyId : '', project: typeof project === 'string' ? project : '' };
  return { ok: true, account: { email, keyId: names.keyId, key, project: names.project || found[1]! } };
}

function readKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether a JSON value is an object with named members. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
