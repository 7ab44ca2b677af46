/** A round number not below the greatest value: 1, 2 or 5 times a power of ten. A plot begins at zero. */
export function roundTop(greatest: number): number {
  if (greatest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(greatest));
  return [1, 2, 4, 5, 10].map((step) => step * power).find((top) => top >= greatest) ?? greatest;
}

/** So many places out of `count`, evenly, the first and the last among them. */
export function ticksOf(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: most }, (_, index) => Math.round((index * (count - 1)) / (most - 1)));
}

/** Moves labels apart that would lie on each other, by as little as it takes; answers their places in the given order. */
export function spread(places: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = places.map((place, index) => ({ place, index })).sort((one, other) => one.place - other.place);
  let free = top;
  const down = order.map(({ place }) => {
    const at = Math.max(place, free);
    free = at + gap;
    return at;
  });
  let floor = bottom;
  for (let index = down.length - 1; index >= 0; index--) {
    down[index] = Math.min(down[index]!, floor);
    floor = down[index]! - gap;
  }
  const result = Array<number>(places.length).fill(0);
  for (const [rank, { index }] of order.entries()) result[index] = down[rank]!;
  return result;
}
