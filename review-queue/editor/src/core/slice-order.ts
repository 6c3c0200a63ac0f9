// The order in which the slices of an image come: those around the one that is looked at before those that are further away.

/** A slice, then in turns one after and one before it. */
export function slicesAround(first: number, slices: number): number[] {
  const order: number[] = [];
  for (let step = 0; order.length < slices; step++) {
    const slice = first + (step % 2 === 1 ? (step + 1) / 2 : -step / 2);
    if (slice >= 0 && slice < slices) order.push(slice);
  }
  return order;
}

/** Puts bytes that come in that order where their slices belong. */
export class SliceOrder {
  readonly bytesPerSlice: number;
  private readonly order: readonly number[];

  /** @throws Error if there is no such slice */
  constructor(first: number, slices: number, bytesPerSlice: number) {
    if (!Number.isInteger(first) || first < 0 || first >= slices) throw new Error("there is no slice " + first + " of " + slices);
    this.order = slicesAround(first, slices);
    this.bytesPerSlice = bytesPerSlice;
  }

  /** The slices that have come with so many bytes, in the order in which they did. */
  came(bytes: number): readonly number[] {
    return this.order.slice(0, Math.floor(bytes / this.bytesPerSlice));
  }

  /** The slices that are there after so many bytes: all from the first to the last of them. */
  whole(bytes: number): { readonly first: number; readonly last: number } | null {
    const came = this.came(bytes);
    return came.length === 0 ? null : { first: Math.min(...came), last: Math.max(...came) };
  }

  /** @param from how many bytes came before the piece */
  put(piece: Uint8Array, from: number, into: Uint8Array): void {
    const { bytesPerSlice, order } = this;
    let at = 0;
    while (at < piece.length) {
      const place = Math.floor((from + at) / bytesPerSlice);
      const within = (from + at) % bytesPerSlice;
      const count = Math.min(piece.length - at, bytesPerSlice - within);
      into.set(piece.subarray(at, at + count), order[place]! * bytesPerSlice + within);
      at += count;
    }
  }
}
