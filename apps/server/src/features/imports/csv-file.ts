import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Delimiter, Encoding, FileFailure, FileFormat } from './model.ts';

const HEAD_BYTES = 256 * 1024;
/** One line: an unclosed quote must not swallow the file. */
const RECORD_CHARACTERS_MAX = 64 * 1024;
const DELIMITERS: readonly Delimiter[] = [';', ',', '\t'];

/** A file that cannot be read on. */
export class UnreadableFile extends Error {
  readonly failure: FileFailure;
  constructor(failure: FileFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

/**
 * How a file is written: by its byte order mark; UTF-8 when its beginning is that; else Windows-1251, in which spreadsheets
 * in Russian save. The delimiter is the one that divides the heading into most columns.
 */
export function detectFormat(head: Buffer): FileFormat {
  const encoding = detectEncoding(head);
  const [heading = ''] = new TextDecoder(encoding).decode(head.subarray(0, HEAD_BYTES)).split(/\r?\n|\r/, 1);
  const outside = heading.replace(/"[^"]*"/g, '');
  const count = (delimiter: Delimiter): number => outside.split(delimiter).length;
  const [delimiter] = [...DELIMITERS].sort((a, b) => count(b) - count(a));
  return { encoding, delimiter: delimiter! };
}

function detectEncoding(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  try {
    // With `stream` a character that the end of the part cuts in two is no error.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1251';
  }
}

export type CsvLine = { cells: string[] /** Where it begins in the file, from 1. */; line: number };

/**
 * The lines of a file, one after another, without holding it. Throws `UnreadableFile` with the line where quotes go wrong.
 * Empty lines are left out.
 */
export async function* readCsv(
  parts: AsyncIterable<Buffer> | Iterable<Buffer>,
  format: FileFormat,
): AsyncGenerator<CsvLine> {
  // A record may be waiting to be taken while the parser is lines ahead of it: it tells by itself where it has come to.
  let ended = 0;
  const parser = parse({
    // The number of the line rides behind its last cell.
    on_record: (cells: string[], { lines }) => {
      cells.push(String(ended + 1));
      ended = lines;
      return cells;
    },
    delimiter: format.delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: RECORD_CHARACTERS_MAX,
  });
  const source = Readable.from(decoded(parts, format.encoding), { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      const line = Number(cells.pop());
      if (cells.some((cell) => cell.trim() !== '')) yield { cells, line };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const code = error.code === 'CSV_MAX_RECORD_SIZE' ? 'line_too_long' : 'quote_open';
    throw new UnreadableFile({ code, line: ended + 1 });
  } finally {
    source.destroy();
    parser.destroy();
  }
}

async function* decoded(parts: AsyncIterable<Buffer> | Iterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const part of parts) {
    const text = decoder.decode(part, { stream: true });
    if (text.includes('\0')) throw new UnreadableFile({ code: 'not_text', line: 1 });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** The heading and the first lines, from the beginning of a file. */
export async function readHead(
  head: Buffer,
  format: FileFormat,
  lines: number,
): Promise<{ headings: string[]; samples: string[][] }> {
  const found: string[][] = [];
  // A head that ends inside a line is cut at its last line end.
  const end = head.length < HEAD_BYTES ? head.length : head.subarray(0, HEAD_BYTES).lastIndexOf(0x0a) + 1;
  for await (const { cells } of readCsv([head.subarray(0, end)], format)) {
    found.push(cells);
    if (found.length > lines) break;
  }
  const [headings, ...samples] = found;
  if (headings === undefined) throw new UnreadableFile({ code: 'empty', line: 1 });
  return { headings: headings.map((heading) => heading.trim()), samples };
}
