/** How often each field stands at the root of an operation, also through fragments: those are counted once each, and never unfolded. */
import { Kind, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

type Counts = Map<string, number>;

export function rootFields(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): Counts {
  const counted = new Map<string, Counts>(), open = new Set<string>();
  const spread = (name: string): Counts => {
    const fragment = fragments.get(name);
    let counts = counted.get(name);
    // A cycle counts nothing here: validation refuses it.
    if (!counts && fragment && !open.has(name)) {
      open.add(name);
      counted.set(name, (counts = count(fragment.selectionSet)));
      open.delete(name);
    }
    return counts ?? new Map();
  };
  const count = ({ selections }: SelectionSetNode): Counts => {
    const total: Counts = new Map();
    for (const node of selections) {
      const counts = node.kind === Kind.FIELD ? new Map([[node.name.value, 1]]) : node.kind === Kind.FRAGMENT_SPREAD ? spread(node.name.value) : count(node.selectionSet);
      for (const [name, times] of counts) total.set(name, (total.get(name) ?? 0) + times);
    }
    return total;
  };
  return count(set);
}
