import { ApiError, ask } from '../api/http.ts';

/**
 * A file that the page fetches by itself, because it may be one of several: `next` is where the following one goes on,
 * null behind the last. Throws ApiError.
 */
export async function requestFile(path: string): Promise<{ file: Blob; next: string | null }> {
  const response = await ask(path, {});
  const file = await response.blob().catch(() => {
    throw new ApiError(0, { code: 'unreachable', message: '', retryable: true });
  });
  return { file, next: response.headers.get('x-next') };
}

/** Hands a file that the page has fetched to the reader's folder of downloads. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this turn; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
