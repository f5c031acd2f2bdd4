import type { Brief } from '../../domain/brief.ts'
import { item, workshopBrief } from './briefs.ts'

const bare = (): Brief => ({
  ...workshopBrief(),
  summary: '',
  entities: [],
  openQuestions: [],
  contradictions: [],
})

/** A brief of a talk about a defect. */
export function defectBrief(): Brief {
  const sum = { verb: 'round', object: 'sum', rest: 'up', negated: false }
  const list = { verb: 'provide', object: 'list', rest: 'of all wrong bills', negated: false }
  return {
    ...bare(),
    title: 'Billing',
    feature: 'billing',
    items: [
      item('G1', 'goal', 'To be mended: When a bill has cents, the sum is wrong.'),
      item('R1', 'requirement', 'The system rounds the sum up.', sum),
      item('R2', 'requirement', 'The system provides a list of all wrong bills.', list),
      item('R3', 'requirement', 'The numbers of the bills stay the same.', {
        verb: 'stay',
        negated: false,
      }),
      item('T1', 'timeline', 'The fix is ready by Friday.'),
    ],
  }
}

/** A brief of four changes to a product that is in use, one of them a defect. */
export function changesBrief(): Brief {
  const can = (actor: string, verb: string, object: string) => ({
    actor,
    verb,
    object,
    negated: false,
  })
  return {
    ...bare(),
    title: 'Web Shop',
    feature: 'web-shop',
    items: [
      item('G1', 'goal', 'To be mended: The search finds nothing.'),
      item('R1', 'requirement', 'Customers can buy without an account.', {
        ...can('customer', 'buy', ''),
        rest: 'without an account',
      }),
      item(
        'R2',
        'requirement',
        'The warehouse can see the stock.',
        can('warehouse', 'see', 'stock'),
      ),
      item('R3', 'requirement', 'The system removes the fax number.', {
        verb: 'remove',
        object: 'fax number',
        negated: false,
      }),
      item('R4', 'requirement', 'The system finds words with umlauts.', {
        verb: 'find',
        object: 'word',
        rest: 'with umlauts',
        negated: false,
      }),
      item('P1', 'preference', 'The colours stay the same.'),
    ],
  }
}
