import { html } from 'hono/html'

type Markup = ReturnType<typeof html>

/** A page without scripts or styles, in one of the browser's own looks. */
function page(what: Markup, head: Markup | string = '') {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>Talkwright</title>
        ${head}
      </head>
      <body>
        <main>${what}</main>
      </body>
    </html>`
}

/** The page behind an invitation's link: programs that only look at links must not use it up. */
export function joinPage(workspace: string | undefined) {
  const what =
    workspace === undefined
      ? html`<h1>This invitation does not hold</h1>
          <p>It was used, withdrawn, or is too old. Ask whoever sent it for a new one.</p>`
      : html`<h1>Join ${workspace}</h1>
          <p>You were invited to work in it. The link works once.</p>
          <form method="post"><button type="submit">Join</button></form>`
  return page(what)
}

/** What went wrong with a sign-in, for a person. */
export function faultPage({
  title,
  detail,
  code,
}: {
  title: string
  detail: string
  code: string
}) {
  return page(
    html`<h1>${title}</h1>
      <p>${detail}</p>
      <p><code>${code}</code></p>
      <p><a href="/">Go to the start</a></p>`,
  )
}

/** Leads on to a provider of sign-ins. */
export function awayPage(url: string) {
  return page(
    html`<p><a href="${url}">Go on to sign in</a></p>`,
    html`<meta http-equiv="refresh" content="0;url=${url}" />`,
  )
}
