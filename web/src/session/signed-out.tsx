import { Logo } from './logo.tsx'
import './signed-out.css'

/** The way in is a link in the terminal; there is no password to ask for. */
export function SignedOut() {
  return (
    <main id="content" className="signed-out" tabIndex={-1}>
      <div className="signed-out-box">
        <Logo />
        <h1>You are signed out</h1>
        <p>
          Open the sign-in link that the terminal printed when Talkwright started. It works once and
          signs this browser in.
        </p>
        <p className="muted">
          Used or lost? Run <code>talkwright serve</code> again for a new one.
        </p>
      </div>
    </main>
  )
}
