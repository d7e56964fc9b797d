/** A member's place in a roster: what it is taken out by. */
export interface Seat<T> { readonly member: T; index: number }

/**
 * Who is under way. A Set would make a new table every few dozen members that come and go; once one such table is old, each leads to the
 * next until the whole heap is collected, and everything that was ever in them stays: it doubled what collections had to move.
 */
export class Roster<T> {
  private readonly seats: Seat<T>[] = [];

  get size(): number { return this.seats.length; }

  add(member: T): Seat<T> {
    const seat = { member, index: this.seats.length };
    this.seats.push(seat);
    return seat;
  }

  /** Does nothing for one that is out already. */
  remove(seat: Seat<T>): void {
    const { seats } = this;
    if (seats[seat.index] !== seat) return;
    const last = seats.pop();
    if (!last || last === seat) return;
    seats[seat.index] = last;
    last.index = seat.index;
  }

  /** In no order. A member may leave, and others may come, during its call. */
  each(visit: (member: T) => void): void {
    for (let index = this.seats.length - 1; index >= 0; index--) {
      const seat = this.seats[index];
      if (seat) visit(seat.member);
    }
  }
}
