/** `1 lead`, `2 leads`, `0 leads`. */
export function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
