/** Bodies as Sentry's GitHub integration writes them; the first three were seen in public repositories. */
export const MANUAL = `Sentry Issue: [ACME-BACKEND-CV](https://acme-corp.sentry.io/issues/7704960840/?referrer=github_integration)

\`\`\`
Error: send-authored-email: no published definition matches
\`\`\``;

export const ALERT = `Sentry Issue: [TEST-4F](https://myorg.sentry.io/issues/31887428/)

\`\`\`
Job timeout (test): Error or timeout while preparing the job.
\`\`\`
This issue was automatically created by Sentry via [New issues to GitHub](https://sentry.io/organizations/myorg/alerts/rules/test/42/)`;

export const WITH_FRAMES = `Sentry Issue: [DOCSSDK-1](https://fridai.sentry.io/issues/7332116922/?referrer=github_integration)

\`\`\`
Error: Better luck next time, not implemented this
  File "/Users/x/webapp/sdk/index.js", line 28, in DocsSDK.create
    throw new Error("Better luck next time, not implemented this");
\`\`\``;

export const WRITTEN_BY_A_MODEL = `The checkout fails for guests because the cart is read before it is loaded.

Sentry Issue: [SHOP-1A](https://acme.sentry.io/issues/101/)

\`\`\`
TypeError: Cannot read properties of undefined (reading 'items')
  File "src/cart.ts", line 71, in total
\`\`\``;

export const FEEDBACK = `Sentry Feedback: [SHOP-7Z](https://acme.sentry.io/issues/202/)

It hangs when I pay.

|  |  |
| ------------- | --------------- |
| **contact_email** | bob@example.com |`;

export const PERFORMANCE = `Sentry Issue: [SHOP-2B](https://acme.sentry.io/issues/303/)
|  |  |
| ------------- | --------------- |
| **Transaction** | GET /orders |
| **Repeating Spans (12)** | SELECT * FROM orders WHERE id = %s |`;

/** An issue of the organization acme: id 101 is SHOP-2T, and so on. */
export const body = (id: number, shortId: string, text = "TypeError: x is undefined"): string =>
  `Sentry Issue: [${shortId}](https://acme.sentry.io/issues/${id}/)\n\n\`\`\`\n${text}\n\`\`\``;
