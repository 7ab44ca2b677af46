import type { Import } from '@tessera/contract';
import { request } from '../api/http.ts';

export const PART_BYTES = 4 * 1024 * 1024;
export const FILE_BYTES_MAX = 128 * PART_BYTES;

/** Sends a file in parts, one after another, and tells how far it is in percent. Gives the import. */
export async function sendFile(file: File, groupId: number, onProgress: (percent: number) => void): Promise<Import> {
  const body = { key: crypto.randomUUID(), name: file.name.slice(0, 200) || 'file.csv', groupId };
  const begun = await request<Import>('/imports', { method: 'POST', body });
  const parts = Math.max(1, Math.ceil(file.size / PART_BYTES));
  for (let part = 0; part < parts; part++) {
    const piece = file.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
    await request(`/imports/${begun.importId}/parts/${part}`, { method: 'PUT', body: piece });
    onProgress(Math.round(((part + 1) * 100) / parts));
  }
  await request(`/imports/${begun.importId}/columns`, { method: 'POST', body: {} });
  return begun;
}
