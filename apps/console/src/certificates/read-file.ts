/** A file as the API wants it. */
export type ChosenFile = { readonly name: string; readonly base64: string };

/** 30 kB give 40,000 characters of base64, which is what the server takes. Certificates and keys are 1 to 8 kB. */
const MAX_BYTES = 30_000;

export type ReadFile =
  | { readonly ok: true; readonly file: ChosenFile }
  | { readonly ok: false; readonly reason: 'tooLarge' | 'unreadable' };

/** Reads a small file whole, PEM or DER alike. */
export async function readFile(file: File): Promise<ReadFile> {
  if (file.size === 0) return { ok: false, reason: 'unreadable' };
  if (file.size > MAX_BYTES) return { ok: false, reason: 'tooLarge' };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { ok: true, file: { name: file.name, base64: toBase64(bytes) } };
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
}

/** Base64 (RFC 4648) of a few thousand bytes. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
