import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useKeys } from './keyboard.ts';

interface Props { label: string; value: string; onSearch: (text: string) => void; focusKey?: boolean }

const settleMs = 300;

/** A search that asks once typing rests, and never while an IME composes. What is typed meanwhile is not lost to the answer. */
export function SearchField({ label, value, onSearch, focusKey }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const asked = useRef(value), timer = useRef<number>(undefined), composing = useRef(false);

  useEffect(() => {                                          // Back, or `Clear`: the address changed and not this field
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useKeys(focusKey ? [{ keys: ['/'], label: 'keys.search', run: () => field.current?.select() }] : []);

  const ask = (typed: string) => {
    window.clearTimeout(timer.current);
    const wanted = typed.trim();
    if (wanted === asked.current) return;
    asked.current = wanted;
    onSearch(wanted);
  };
  const change = (typed: string) => {
    setText(typed);
    window.clearTimeout(timer.current);
    if (!composing.current) timer.current = window.setTimeout(() => ask(typed), settleMs);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') ask(text);
    if (event.key !== 'Escape') return;
    if (text) { setText(''); ask(''); } else field.current?.blur();
  };
  return (
    <TextInput ref={field} type="search" aria-label={label} placeholder={label} leftSection={<IconSearch size={16} />} maw={360} value={text} onKeyDown={onKey}
      onChange={(event) => change(event.currentTarget.value)} onCompositionStart={() => { composing.current = true; }}
      onCompositionEnd={(event) => { composing.current = false; change(event.currentTarget.value); }} />
  );
}
