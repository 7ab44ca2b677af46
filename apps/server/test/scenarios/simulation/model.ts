// A guest's points by the rules of the domain model alone, written a second time and in another way than the engine:
// plain numbers, one heap of parcels that is sorted when needed, and a walk from midnight to midnight. It knows nothing
// of entries, states or versions, and it imports nothing of ours.

/** The programme that the simulation plays, in this model's words. */
export type Programme = {
  timeZone: string;
  levels: { id: string; from: number; rate: number }[];
  delayDays: number;
  termMonths: number;
  graceDays: number;
  maxPercent: number;
  minMoney: number;
  welcome: { amount: number; days: number };
};

/** Points of one origin. `root` is the parcel whose points these were before they came back into a grace parcel. */
type Parcel = { id: number; root: number; left: number; from: number; until: number | null };
type Take = { parcel: Parcel; amount: number };
type Hold = { until: number; takes: Take[] };

export type Item = { id: string; price: number; pieces: number };
type Line = Item & { byPoints: number; money: number; earned: number; gone: Gone };
type Gone = { pieces: number; byPoints: number; money: number; earned: number };

export type Sold = {
  lines: Line[];
  spent: number;
  earned: number;
  money: number;
  takes: (Take & { back: number })[];
  own: Parcel | null;
  burnedCounted: number;
  levelBefore: number;
};

export type Wish = { lines?: { id: string; pieces: number }[]; amount?: number };
export type Refused = { refused: string };

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Floors, then what is left one by one to the largest fractions, the earlier line first. */
export function share(total: number, weights: readonly number[]): number[] {
  const all = sum(weights);
  if (all === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.floor((total * weight) / all));
  const fractions = weights.map((weight, index) => ({ index, fraction: (total * weight) % all }));
  fractions.sort((a, b) => b.fraction - a.fraction || a.index - b.index);
  const left = total - sum(parts);
  for (const { index } of fractions.slice(0, left)) parts[index]! += 1;
  return parts;
}

export class Guest {
  available = 0;
  debt = 0;
  turnover = 0;
  level = 0;
  blocked = false;
  private readonly programme: Programme;
  private readonly parcels: Parcel[] = [];
  private readonly holds = new Map<string, Hold>();
  private readonly ended = new Map<string, 'timed_out' | 'gone'>();
  private readonly burned = new Map<number, number>();
  private now: number;

  constructor(programme: Programme, now: number) {
    this.programme = programme;
    this.now = now;
    this.put(programme.welcome.amount, now, this.endAfterDays(now, programme.welcome.days));
  }

  /** Walks through the nights, and the ends of holds between them, up to an instant. */
  walkTo(to: number): void {
    for (;;) {
      const night = this.midnight(this.day(this.now).add({ days: 1 }));
      const ends = [...this.holds.values()].map(({ until }) => until);
      const next = Math.min(night, ...ends);
      if (next > to) break;
      this.now = next;
      this.happen();
    }
    this.now = to;
  }

  private happen(): void {
    for (const [key, { until, takes }] of this.holds) {
      if (until > this.now) continue;
      this.holds.delete(key);
      this.ended.set(key, 'timed_out');
      for (const { parcel, amount } of takes) parcel.left += amount;
    }
    this.settle();
  }

  /** Burns what is over and pays the debt from what is there. */
  private settle(): void {
    for (const parcel of this.parcels) {
      if (parcel.until === null || parcel.until > this.now || parcel.left === 0) continue;
      this.burned.set(parcel.root, (this.burned.get(parcel.root) ?? 0) + parcel.left);
      parcel.left = 0;
    }
    this.count();
    const paid = Math.min(this.debt, this.available);
    this.take(paid);
    this.debt -= paid;
  }

  private count(): void {
    this.available = sum(this.usable().map(({ left }) => left));
  }

  get pending(): number {
    return sum(this.parcels.filter(({ from }) => from > this.now).map(({ left }) => left));
  }
  get held(): number {
    return sum([...this.holds.values()].flatMap(({ takes }) => takes.map(({ amount }) => amount)));
  }
  /** What is left, by the instant of its end and whether it can be spent. */
  heap(): Map<string, number> {
    const heap = new Map<string, number>();
    for (const { left, from, until } of this.parcels) {
      if (left === 0) continue;
      const key = `${until ?? 'never'} ${from > this.now ? 'pending' : 'usable'}`;
      heap.set(key, (heap.get(key) ?? 0) + left);
    }
    return heap;
  }

  /** Soonest to end first, then the earlier usable, then the older. */
  private usable(): Parcel[] {
    return this.parcels
      .filter(({ left, from }) => left > 0 && from <= this.now)
      .sort((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity) || a.from - b.from || a.id - b.id);
  }

  private take(amount: number, from = this.usable()): Take[] {
    const takes: Take[] = [];
    for (const parcel of from) {
      const part = Math.min(parcel.left, amount);
      if (part === 0) continue;
      parcel.left -= part;
      amount -= part;
      takes.push({ parcel, amount: part });
    }
    this.count();
    return takes;
  }

  private put(left: number, from: number, until: number | null, root?: number): Parcel {
    const id = this.parcels.length + 1;
    const parcel = { id, root: root ?? id, left, from, until };
    this.parcels.push(parcel);
    this.settle();
    return parcel;
  }

  refill(amount: number, days: number | null | undefined): Refused | null {
    if (this.blocked) return { refused: 'account_blocked' };
    const until =
      days === null ? null : days === undefined ? this.endOfTerm(this.now) : this.endAfterDays(this.now, days);
    this.put(amount, this.now, until);
    return null;
  }

  deduct(amount: number, allowDebt: boolean): Refused | null {
    if (amount > this.available && !allowDebt) return { refused: 'insufficient_points' };
    const there = Math.min(amount, this.available);
    this.take(there);
    this.debt += amount - there;
    return null;
  }

  hold(key: string, amount: number, seconds: number): Refused | null {
    if (this.blocked) return { refused: 'account_blocked' };
    if (amount > this.available) return { refused: 'insufficient_points' };
    this.holds.set(key, { until: this.now + seconds * 1_000, takes: this.take(amount) });
    return null;
  }

  release(key: string): Refused | { released: number } {
    const hold = this.holds.get(key);
    if (!hold) return { refused: this.ended.get(key) === 'timed_out' ? 'hold_expired' : 'hold_gone' };
    this.holds.delete(key);
    this.ended.set(key, 'gone');
    for (const { parcel, amount } of hold.takes) parcel.left += amount;
    this.settle();
    return { released: sum(hold.takes.map(({ amount }) => amount)) };
  }

  /** The most that may be spent on these goods, by the balance or by a hold. */
  most(items: readonly Item[], holdKey?: string): number {
    const total = sum(items.map(({ price }) => price));
    const hold = holdKey === undefined ? null : this.holds.get(holdKey);
    const source = hold ? sum(hold.takes.map(({ amount }) => amount)) : this.available;
    const { maxPercent, minMoney } = this.programme;
    return Math.max(0, Math.min(source, Math.floor((total * maxPercent) / 100), total - minMoney));
  }

  sell(items: readonly Item[], spend: number, options: { holdKey?: string; soldAt?: number } = {}): Refused | Sold {
    const { holdKey, soldAt = this.now } = options;
    if (this.blocked) return { refused: 'account_blocked' };
    const hold = holdKey === undefined ? null : this.holds.get(holdKey);
    if (hold === undefined) return { refused: this.ended.get(holdKey!) === 'timed_out' ? 'hold_expired' : 'hold_gone' };
    const source = hold ? sum(hold.takes.map(({ amount }) => amount)) : this.available;
    if (spend > source) return { refused: hold ? 'over_hold' : 'insufficient_points' };
    if (spend > this.most(items, holdKey)) return { refused: 'over_spend_limit' };
    const byPoints = share(
      spend,
      items.map(({ price }) => price),
    );
    const paid = items.map(({ price }, index) => price - byPoints[index]!);
    const money = sum(paid);
    const levelBefore = this.level;
    const earned = Math.floor((money * this.programme.levels[levelBefore]!.rate) / 10_000);
    const earnedBy = share(earned, paid);
    const takes = (hold ? this.capture(holdKey!, hold, spend) : this.take(spend)).map((one) => ({ ...one, back: 0 }));
    const usableFrom = this.midnight(this.day(soldAt).add({ days: this.programme.delayDays }));
    const own = earned > 0 ? this.put(earned, usableFrom, this.endOfTerm(usableFrom)) : null;
    this.turnover += money;
    this.level = Math.max(this.level, this.deserved());
    this.settle();
    const nothing = (): Gone => ({ pieces: 0, byPoints: 0, money: 0, earned: 0 });
    const lines = items.map((item, index) => ({
      ...item,
      byPoints: byPoints[index]!,
      money: paid[index]!,
      earned: earnedBy[index]!,
      gone: nothing(),
    }));
    return { lines, spent: spend, earned, money, takes, own, burnedCounted: 0, levelBefore };
  }

  private capture(key: string, hold: Hold, spend: number): Take[] {
    this.holds.delete(key);
    this.ended.set(key, 'gone');
    const used: Take[] = [];
    for (const { parcel, amount } of hold.takes) {
      const part = Math.min(amount, spend);
      spend -= part;
      if (part > 0) used.push({ parcel, amount: part });
      parcel.left += amount - part;
    }
    this.count();
    return used;
  }

  private deserved(): number {
    return this.programme.levels.findLastIndex(({ from }) => this.turnover >= from);
  }

  /** Takes goods back: spent points first, then the earned ones. */
  takeBack(sold: Sold, wish: Wish): Refused | { money: number; points: number; clawed: number } {
    const after = this.goneAfter(sold, wish);
    if (typeof after === 'string') return { refused: after };
    const change = (name: 'money' | 'byPoints' | 'earned') =>
      sum(after.map((gone, index) => gone[name] - sold.lines[index]!.gone[name]));
    const [money, points, clawed] = [change('money'), change('byPoints'), change('earned')];
    sold.lines.forEach((line, index) => {
      line.gone = after[index]!;
    });
    this.turnover -= money;
    this.giveBack(sold, points);
    this.clawBack(sold, clawed);
    this.settle();
    if (this.deserved() < this.level) this.level = Math.min(this.level, Math.max(this.deserved(), sold.levelBefore));
    return { money, points, clawed };
  }

  private goneAfter({ lines }: Sold, { lines: some, amount }: Wish): Gone[] | string {
    const whole = (line: Line): Gone => ({ ...line });
    if (lines.every(({ pieces, gone }) => gone.pieces === pieces)) return 'nothing_to_return';
    if (some) {
      const after = lines.map(({ gone }) => gone);
      for (const { id, pieces } of some) {
        const index = lines.findIndex((line) => line.id === id);
        const line = lines[index];
        if (!line) return 'unknown_line';
        const wanted = line.gone.pieces + pieces;
        if (wanted > line.pieces) return 'return_exceeds_sold';
        const part = (all: number) => Math.floor((all * wanted) / line.pieces);
        after[index] = {
          pieces: wanted,
          byPoints: part(line.byPoints),
          money: part(line.money),
          earned: part(line.earned),
        };
      }
      return after;
    }
    const left = lines.map(({ money, gone }) => money - gone.money);
    if (amount === undefined || amount === sum(left)) return lines.map(whole);
    if (amount > sum(left)) return 'return_exceeds_sold';
    const parts = share(amount, left);
    return lines.map((line, index) => {
      const money = line.gone.money + parts[index]!;
      if (parts[index] === 0) return line.gone;
      if (money === line.money) return whole(line);
      const part = (all: number) => Math.floor((all * money) / line.money);
      return { pieces: line.gone.pieces, byPoints: part(line.byPoints), money, earned: part(line.earned) };
    });
  }

  private giveBack({ takes }: Sold, points: number): void {
    for (const take of takes.toReversed()) {
      const part = Math.min(points, take.amount - take.back);
      if (part === 0) continue;
      points -= part;
      take.back += part;
      const { parcel } = take;
      const over = parcel.until !== null && parcel.until <= this.now;
      if (!over) parcel.left += part;
      else {
        const id = this.parcels.length + 1;
        const until = this.endAfterDays(this.now, this.programme.graceDays);
        this.parcels.push({ id, root: parcel.root, left: part, from: this.now, until });
      }
    }
    this.settle();
  }

  private clawBack(sold: Sold, points: number): void {
    const { own } = sold;
    if (!own) return;
    const fromOwn = Math.min(points, own.left);
    own.left -= fromOwn;
    points -= fromOwn;
    const covered = Math.min(points, (this.burned.get(own.root) ?? 0) - sold.burnedCounted);
    sold.burnedCounted += covered;
    points -= covered;
    const related = this.usable().filter(({ id, root }) => root === own.id && id !== own.id);
    points -= sum(this.take(points, related).map(({ amount }) => amount));
    points -= sum(this.take(points).map(({ amount }) => amount));
    this.debt += points;
  }

  private day(at: number): Temporal.PlainDate {
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.programme.timeZone).toPlainDate();
  }
  private midnight(day: Temporal.PlainDate): number {
    return day.toZonedDateTime(this.programme.timeZone).epochMilliseconds;
  }
  /** The last day is still good. */
  private endAfterDays(at: number, days: number): number {
    return this.midnight(this.day(at).add({ days: days + 1 }));
  }
  private endOfTerm(at: number): number {
    return this.midnight(this.day(at).add({ months: this.programme.termMonths }).add({ days: 1 }));
  }
}
