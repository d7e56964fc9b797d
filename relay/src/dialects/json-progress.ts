/** Whether JSON that arrives in pieces is complete: an object or a list whose brackets have all closed. */
export class JsonProgress {
  private depth = 0;
  private begun = false;
  private inString = false;
  private escaped = false;

  get complete(): boolean { return this.begun && this.depth === 0; }

  add(piece: string): void {
    for (const sign of piece) {
      if (this.escaped) this.escaped = false;
      else if (this.inString) {
        if (sign === '\\') this.escaped = true;
        else if (sign === '"') this.inString = false;
      } else this.outside(sign);
    }
  }

  private outside(sign: string): void {
    if (sign === '"') this.inString = true;
    else if (sign === '{' || sign === '[') { this.depth++; this.begun = true; }
    else if (sign === '}' || sign === ']') this.depth--;
  }
}
