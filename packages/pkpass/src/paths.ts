const pathLimitBytes = 200;

/**
 * Whether a path is safe inside a bundle: relative, forward slashes, no empty, `.` or `..` part, no control characters,
 * no drive letter, at most 200 bytes. Anything else is a trick or an accident of an archiver.
 */
export function isSafeZipPath(path: string): boolean {
  if (path === '' || Buffer.byteLength(path) > pathLimitBytes) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\u0000-\u001f\u007f\\:]/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
