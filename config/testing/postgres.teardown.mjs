/** After the integration tests: leaves the server, which stops unless another test run uses it too. */
export default async function tearDown() {
  await globalThis.releaseTestPostgres?.();
}
