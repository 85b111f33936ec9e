/** Thrown by an `accessToken` port when the firm must connect again. The transport returns it as `unauthorized`, `sent: 'no'`. */
export class AccessTokenUnavailable extends Error {
  override readonly name = 'AccessTokenUnavailable';
}
