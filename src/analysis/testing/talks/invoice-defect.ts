import type { ExpectedTalk } from '../expected-talk.ts'

/** A bug report: what happens, what should happen, and what must stay as it is. */
export const invoiceDefect: ExpectedTalk = {
  name: 'invoice defect',
  kind: 'bug report',
  lines: [
    'A: Hi, you wrote that something is broken. What happens?',
    'C: When a customer has a discount, the invoice shows the wrong total. The discount is taken off twice.',
    'A: Since when does it happen?',
    'C: Since the update two weeks ago. Before that it was fine.',
    'A: What should happen instead?',
    'C: The discount must be subtracted only once. And the total on the invoice has to match the total in the order.',
    'A: Does it happen for every customer?',
    'C: No, only if the order has more than one line. With one line the total is right.',
    'A: Is there anything that must not change?',
    'C: Invoices without a discount must stay exactly as they are. And the numbering of the invoices must not change.',
    'A: What about the invoices that were already sent?',
    'C: The accountant needs a list of all invoices with a wrong total. She will correct those by hand.',
    'A: How urgent is it?',
    'C: Very urgent. We need the fix by Friday.',
  ],
  asked: [
    't2 goal | When a customer has a discount, the invoice shows the wrong total.',
    't6 | The system subtracts the discount only once.',
    't6 | The total on the invoice matches the total in the order.',
    't10 | Invoices without a discount stay exactly as they are.',
    't10 | The numbering of the invoices does not change.',
    't12 | The system provides the accountant with a list of all invoices with a wrong total.',
    't14 timeline | The fix is ready by Friday.',
  ],
  welcome: ['t2 | The discount is taken off twice.', 't8 | The total is right with one line.'],
  entities: {},
}
