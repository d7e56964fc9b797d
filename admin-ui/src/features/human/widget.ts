/** The widget of the human check, as its script gives it to the page. */
export interface Widget {
  render(target: HTMLElement, options: { sitekey: string; callback: (answer: string) => void; 'expired-callback': () => void; language: string }): string;
  remove(id: string): void;
}

declare global { interface Window { turnstile?: Widget } }

let loading: Promise<Widget> | undefined;

/** Loads the script once; a failed load may be tried again. */
export function loadWidget(source: string): Promise<Widget> {
  loading ??= new Promise<Widget>((resolve, reject) => {
    const script = document.createElement('script'), failed = () => { loading = undefined; script.remove(); reject(new Error('The human check could not be loaded')); };
    script.src = `${source}?render=explicit`;
    script.onload = () => (window.turnstile ? resolve(window.turnstile) : failed());
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}
