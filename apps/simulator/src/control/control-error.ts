/** A wrong call of the control plane; the message is one sentence for the person who sent it. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
