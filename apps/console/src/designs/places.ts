import { readNumber } from './body-of.ts';
import type { DraftPlace } from './draft.ts';

/** A design has at most so many places; a card carries the ten nearest to its guest. */
export const PLACES_MAX = 500;
const TEXT_MAX = 200;

/**
 * Places out of a text as people copy it: a line each, «55.751244, 37.618423» from a map, with a name behind it or in
 * front, or columns of a table. Lines without two numbers that can be a place are left out.
 */
export function readPlaces(text: string): DraftPlace[] {
  return text
    .split(/\r?\n/)
    .slice(0, PLACES_MAX)
    .flatMap((line) => readPlace(line) ?? []);
}

/** One number of degrees: with a point, or with a comma that digits follow at once. */
const DEGREES = String.raw`[-−]?\d{1,3}(?:[.,]\d+)?`;
const PAIR = new RegExp(String.raw`(?<![\d.,])(${DEGREES})(?:\s*[;\t]\s*|,\s+|\s+|,)(${DEGREES})(?![\d.])`);

function readPlace(line: string): DraftPlace | null {
  const found = PAIR.exec(line);
  if (!found) return null;
  const [all, first = '', second = ''] = found;
  const [latitude, longitude] = [readNumber(first), readNumber(second)];
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  const rest = `${line.slice(0, found.index)} ${line.slice(found.index + all.length)}`;
  return {
    latitude: String(latitude),
    longitude: String(longitude),
    altitude: '',
    text: rest.replace(/^[\s,;"'«]+|[\s,;"'»]+$/g, '').slice(0, TEXT_MAX),
    texts: {},
  };
}
