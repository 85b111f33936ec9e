/** Something that is to happen at a moment; `seq` keeps the order of things due at the same millisecond. */
export interface Due {
  readonly dueMs: number;
  readonly seq: number;
}

/** A binary heap: the earliest first. */
export class DueHeap<T extends Due> {
  private readonly items: T[] = [];

  peek(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    this.items.push(item);
    let child = this.items.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.swapIfEarlier(child, parent)) return;
      child = parent;
    }
  }

  pop(): T | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (first === undefined || last === undefined || this.items.length === 0) return first;
    this.items[0] = last;
    this.sink();
    return first;
  }

  clear(): void {
    this.items.length = 0;
  }

  private sink(): void {
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      const child = this.isEarlier(left + 1, left) ? left + 1 : left;
      if (!this.swapIfEarlier(child, parent)) return;
      parent = child;
    }
  }

  private swapIfEarlier(child: number, parent: number): boolean {
    const a = this.items[child];
    const b = this.items[parent];
    if (a === undefined || b === undefined || !this.isEarlier(child, parent)) return false;
    this.items[child] = b;
    this.items[parent] = a;
    return true;
  }

  private isEarlier(i: number, j: number): boolean {
    const a = this.items[i];
    const b = this.items[j];
    if (a === undefined || b === undefined) return false;
    return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.seq < b.seq);
  }
}
