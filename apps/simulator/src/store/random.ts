import type { Span } from '../control/switches';

const HEX = '0123456789abcdef';

/** Seeded randomness (mulberry32): the same seed gives the same run. Not for secrets of real people. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** As if it were new, with this seed. */
  restart(seed: number): void {
    this.state = seed >>> 0;
  }

  /** 0 ≤ x < 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number with both ends included. */
  within(span: Span): number {
    return span.max <= span.min ? span.min : span.min + Math.floor(this.next() * (span.max - span.min + 1));
  }

  chance(probability: number): boolean {
    return probability > 0 && this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const chosen = from[Math.floor(this.next() * from.length)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  }

  hex(length: number): string {
    let text = '';
    for (let i = 0; i < length; i += 1) text += HEX[Math.floor(this.next() * 16)];
    return text;
  }

  /** A version 4 UUID. */
  uuid(): string {
    const h = this.hex(32);
    const variant = HEX[8 + Math.floor(this.next() * 4)];
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20, 32)}`;
  }

  /** A 32-bit seed from any text or number. */
  static seedOf(text: string): number {
    let hash = 2_166_136_261;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
    return hash >>> 0;
  }
}
