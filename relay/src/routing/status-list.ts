/** Lists of HTTP statuses as operators write them (`100-199,429`), ready to be asked. */

const known = new Map<string, ReadonlySet<number>>();

/** The statuses in the list. Few lists exist at a time: each is read once. */
export function statusesIn(list: string): ReadonlySet<number> {
  let found = known.get(list);
  if (!found) {
    if (known.size > 64) known.clear();
    known.set(list, found = read(list));
  }
  return found;
}

function read(list: string): ReadonlySet<number> {
  const statuses = new Set<number>();
  for (const part of list.split(',')) {
    const [from, to] = part.split('-').map(Number);
    for (let status = from ?? Number.NaN; status <= (to ?? from ?? 0); status++) statuses.add(status);
  }
  return statuses;
}
