/** From words to a function: precedence climbing. The first fault ends the words, so that every caller unwinds. */
import { functions, type Argument, type Wishes } from './functions.ts';
import { operators } from './operators.ts';
import type { Token } from './tokens.ts';
import { numberOf, truthOf, variables, type Fault, type Term, type Variable } from './value.ts';

const deepest = 64;
const nothing: Term = () => null;
const isVariable = (name: string): name is Variable => (variables as readonly string[]).includes(name);

export class Parser {
  readonly mentions = new Set<Variable>();
  readonly wishes: Wishes = { params: new Set(), headers: new Set() };
  fault: Fault | undefined;
  private readonly tokens: readonly Token[];
  private place = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) { this.tokens = tokens; }

  get next(): Token { return this.tokens[this.place]!; }

  /** condition ? one : other */
  expression(): Term {
    if (++this.depth > deepest) this.refuse(this.next.at, `is nested more than ${deepest} deep`);
    const { at } = this.next, first = this.binary(1), term = this.takes('?') ? this.choice(first, at) : first;
    this.depth -= 1;
    return term;
  }

  /** Terms joined by signs that bind at least so closely. */
  binary(least: number): Term {
    let left = this.unary();
    for (let found = operators.get(this.sign); found && found.binds >= least; found = operators.get(this.sign)) {
      const { at } = this.next;
      this.place += 1;
      left = found.join(left, this.binary(found.binds + 1), at);
    }
    return left;
  }

  skip(): void { if (this.next.kind !== 'end') this.place += 1; }

  takes(sign: string): boolean {
    if (this.sign !== sign) return false;
    this.place += 1;
    return true;
  }

  expects(sign: string): void {
    if (!this.takes(sign)) this.refuse(this.next.at, `needs ${sign}`);
  }

  refuse(at: number, say: string): Term {
    this.fault ??= { at, say };
    this.place = this.tokens.length - 1;
    return nothing;
  }

  private get sign(): string { return this.next.kind === 'sign' ? this.next.text : ''; }

  private choice(condition: Term, at: number): Term {
    const one = this.expression();
    this.expects(':');
    const other = this.expression();
    return (scope) => (truthOf(condition, scope, at) ? one(scope) : other(scope));
  }

  private unary(): Term {
    const { at } = this.next;
    if (!this.takes('-') && !this.takes('!')) return this.primary();
    const isMinus = this.tokens[this.place - 1]!.text === '-';
    if (++this.depth > deepest) return this.refuse(at, `is nested more than ${deepest} deep`);
    const term = this.unary();
    this.depth -= 1;
    return isMinus ? (scope) => -numberOf(term, scope, at) : (scope) => !truthOf(term, scope, at);
  }

  private primary(): Term {
    const { kind, text, at } = this.next;
    if (kind === 'end') return this.refuse(at, 'ends too early');
    this.place += 1;
    if (kind === 'number') { const value = Number(text); return () => value; }
    if (kind === 'text') return () => text;
    if (kind === 'name') return this.sign === '(' ? this.call(text, at) : this.named(text, at);
    if (text !== '(') return this.refuse(at, `${text} does not belong here`);
    const inner = this.expression();
    this.expects(')');
    return inner;
  }

  private named(name: string, at: number): Term {
    if (name === 'true' || name === 'false') return () => name === 'true';
    if (!isVariable(name)) return this.refuse(at, `${name.slice(0, 40)} is no variable`);
    this.mentions.add(name);
    return ({ counts }) => counts[name];
  }

  private call(name: string, at: number): Term {
    const make = functions.get(name);
    if (!make) return this.refuse(at, `${name.slice(0, 40)} is no function`);
    this.place += 1;
    const given: Argument[] = [];
    if (!this.takes(')')) {
      do { given.push(this.argument()); } while (this.takes(','));
      this.expects(')');
    }
    if (this.fault) return nothing;
    const made = make(given, at, this.wishes);
    return typeof made === 'function' ? made : this.refuse(made.at, `${name} ${made.say}`);
  }

  private argument(): Argument {
    const { kind, text, at } = this.next, from = this.place, term = this.expression();
    return { term, text: kind === 'text' && this.place === from + 1 ? text : undefined, at };
  }
}
