/**
 * The content of `xx.lproj/pass.strings`: the string in pass.json is the key, the text in this language its value.
 * UTF-16LE with byte order mark, which every version of Wallet reads for any script.
 */
export function encodePassStrings(strings: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(strings).map(([key, text]) => `${quote(key)} = ${quote(text)};\n`);
  return Buffer.from(`\ufeff${lines.join('')}`, 'utf16le');
}

function quote(text: string): string {
  return `"${text.replace(/\r\n?/g, '\n').replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}
