import type { ExpectedTalk } from '../expected-talk.ts'

/** A product in use: one defect and a few changes. */
export const webShopChange: ExpectedTalk = {
  name: 'web shop change',
  kind: 'change to an existing product',
  lines: [
    'A: How is the web shop doing?',
    'C: It runs, but the search is broken. When you search for a word with an umlaut, nothing is found. It should find products with and without the umlaut.',
    'A: I see. What else?',
    'C: Customers currently need an account to buy. We want them to be able to buy without an account.',
    'A: Does the checkout stay as it is otherwise?',
    'C: Yes. But please remove the field for the fax number, nobody needs it.',
    'A: Anything for your team?',
    'C: The warehouse should see the stock of a product in the order. And the export for the tax advisor has to be in CSV instead of PDF.',
    'A: Is speed a problem?',
    'C: The start page takes eight seconds. It has to load in less than 2 seconds.',
    'A: Should product reviews come too?',
    "C: We talked about that internally and haven't decided yet.",
    'A: Until when do you need it?',
    'C: Before Christmas, so it has to go live by the end of November. We can spend up to 15,000 euros.',
  ],
  asked: [
    't2 goal | When users search for a word with an umlaut, nothing is found.',
    't2 | The search finds products with and without the umlaut.',
    't4 | Customers can buy without an account.',
    't6 | The system removes the field for the fax number.',
    't8 | The warehouse can see the stock of a product in the order.',
    't8 | The export for the tax advisor is in CSV.',
    't10 quality | The start page loads in less than 2 seconds.',
    't14 timeline | The software goes live by the end of November.',
    't14 budget | The budget is up to 15,000 euros.',
  ],
  open: ['t11,t12 | Should product reviews come too?'],
  entities: {},
}
