import { html } from 'hono/html'

/** The page behind an invitation's link: programs that only look at links must not use it up. */
export function joinPage(workspace: string | undefined) {
  const what =
    workspace === undefined
      ? html`<h1>This invitation does not hold</h1>
          <p>It was used, withdrawn, or is too old. Ask whoever sent it for a new one.</p>`
      : html`<h1>Join ${workspace}</h1>
          <p>You were invited to work in it. The link works once.</p>
          <form method="post"><button type="submit">Join</button></form>`
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>Talkwright</title>
      </head>
      <body>
        <main>${what}</main>
      </body>
    </html>`
}
