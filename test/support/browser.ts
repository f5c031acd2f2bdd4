import { chromium, type Browser } from 'playwright-core'
import { findChromium } from './find-parts.ts'

/** Where a Chromium is; undefined when this machine has none. */
export const chromiumPath = findChromium(process.env)

/** A headless Chromium that asks nothing of the network by itself. */
export async function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('There is no Chromium on this machine.')
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
