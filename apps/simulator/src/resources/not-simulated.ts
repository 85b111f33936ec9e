import type { Route } from '../gateway/call';

/** Operations that exist in the real API but not here: they pass the gateway and then answer 501 with their name. */
const OPERATIONS = `
GET,POST /groups · GET,PUT,DELETE /groups/{id} · POST /policies · GET,PUT /policies/{reference}
GET /bankaccounts · GET /bankaccounts/{id} · GET /bankaccounts/{id}/matter-balances · GET,POST /bankaccounts/{bankAccountId}/transactions
GET /bankaccounts/{id}/protected-balances/{protectionId} · POST /bankaccounts/{id}/protect-funds · POST /bankaccounts/{id}/unprotect-funds/{protectionId}
POST /bankaccounts/{id}/requisitions · GET /bankaccounts/{bankAccountId}/transactions/{id}
GET,POST /events · GET,PUT,DELETE /events/{eventId} · GET,POST /events/{eventId}/reminders · PUT,DELETE /events/{eventId}/reminders/{reminderId}
GET,POST /matters/{matterId}/expenses · GET,PUT,PATCH,DELETE /matters/{matterId}/expenses/{id}
POST /firm · GET /intake/forms
GET,POST /intake/{matterId}/submissions · GET /intake/{matterId}/submissions/{submissionId} · GET /matters/{matterId}/integrated-search/mapping
GET /matters/{matterId}/invoices · GET /matters/{matterId}/invoices/{invoiceId} · GET /matters/{matterId}/invoices/{invoiceId}/download
GET /layouts · GET /layouts/{id} · GET,POST /matters/{matterId}/layouts · GET,PATCH,DELETE /matters/{matterId}/layouts/{itemId}
GET,POST,DELETE /matters/{matterId}/layouts/{itemId}/contacts · GET,PUT,PATCH /matters/{matterId}/archive
GET,PUT,PATCH /matters/{matterId}/billingconfiguration · POST /notifications · GET /notifications/{id}
GET,POST /plugins · GET,PUT,DELETE /plugins/{pluginId} · POST /plugins/{pluginId}/url
GET,POST /plugins/{pluginId}/subscriptions · GET,DELETE /plugins/{pluginId}/subscriptions/{id}
POST /matters/{matterId}/portal/tasks · PATCH /matters/{matterId}/portal/tasks/{taskId} · POST /matters/{matterId}/portal/messages
GET /stages · GET /matters/{matterId}/stages · GET /stagesets · GET /stagesets/{id} · GET /stagesets/{stageSetId}/stages/{id}
GET,POST /subscriptions/paymentmethods · GET,PUT,POST /subscriptions/{subscriptionId}/paymentmethods · GET,DELETE /subscriptions/{subscriptionId}/paymentmethods/{id}
GET /subscriptions/paymentsystems · GET /subscriptions/promotions · GET /subscriptions/promotions/{id} · POST,DELETE /subscriptions/{subscriptionId}/promotions/{id}
GET /subscriptions/addons · GET /subscriptions/addons/{id} · GET /subscriptions/{subscriptionId}/charges · GET /subscriptions/{subscriptionId}/charges/{id}
POST /subscriptions/{subscriptionId}/charges/{id}/cancel · GET,POST /subscriptions/{subscriptionId}/usages/{usageId}/charges
GET /subscriptions/invoices · GET /subscriptions/{subscriptionId}/invoices · GET /subscriptions/invoices/{invoiceId}/download · GET /subscriptions/invoices/{invoiceId}/url
GET /subscriptions · GET,PATCH /subscriptions/{id} · GET,PATCH /subscriptions/settings · GET /subscriptions/{id}/promotions · GET /subscriptions/{id}/changes
POST /subscriptions/{id}/preview · PATCH /subscriptions/{id}/cancel · PATCH /subscriptions/{id}/resume
GET /subscriptions/tiers · GET /subscriptions/tiers/{id} · GET /subscriptions/tiers/{id}/addons · PATCH /subscriptions/{subscriptionId}/tiers/{id}
GET /subscriptions/usages · GET /subscriptions/usages/{id} · POST,DELETE /subscriptions/{subscriptionId}/usages/{id}
`;

export const notSimulatedRoutes: readonly Route[] = OPERATIONS.split(/[·\n]/)
  .map((entry) => entry.trim())
  .filter((entry) => entry !== '')
  .flatMap((entry) => {
    const [methods = '', template = ''] = entry.split(' ');
    return methods.split(',').map((method) => notSimulated(method as Route['method'], template));
  });

function notSimulated(method: Route['method'], template: string): Route {
  const answer = { status: 501, body: { message: `not simulated: ${method} ${template}` } };
  return { method, template, scopes: [], handle: () => answer };
}
