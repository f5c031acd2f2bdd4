import type { ExpectedTalk } from '../expected-talk.ts'

/** Two clients who disagree. */
export const foodBank: ExpectedTalk = {
  name: 'food bank',
  kind: 'two clients who disagree',
  lines: [
    'A: Welcome to you both. What should the software do?',
    'C: We are a food bank, and we need to keep track of our stock. Volunteers should be able to record a donation when it comes in.',
    'D: And every item needs an expiry date, that is the most important thing for me.',
    'A: What else do you keep about an item?',
    'C: An item has a name, a category, a quantity, an expiry date and a storage location.',
    'D: And a donation has a donor, a date and a weight.',
    'A: Who may take items out?',
    'C: Every volunteer can remove items from the stock.',
    'D: No, I disagree. Volunteers cannot remove items from the stock. That has to be the coordinator.',
    "C: We'll have to discuss that.",
    'A: What should happen with food that is about to expire?',
    'D: The system should warn the coordinator three days before an item expires.',
    'C: Yes, and there should be a report of everything that was thrown away each month.',
    'A: How many parcels does a family get?',
    'C: A family may get no more than two parcels per week.',
    'D: I would say at most one parcel per week for each family, otherwise we run out.',
    'A: Do you want to print labels?',
    'C: Yes, that would be great.',
    'A: Should donors get a login?',
    "D: No, donors don't need a login.",
  ],
  asked: [
    'Volunteers can record a donation when it comes in.',
    'The system warns the coordinator three days before an item expires.',
    'The system provides a report of everything that was thrown away each month.',
    'Users can print labels.',
    'Every volunteer can remove items from the stock.',
    'Volunteers cannot remove items from the stock.',
    'The system keeps track of the stock.',
  ],
  limits: [
    'The system limits each family to two parcels per week.',
    'The system limits each family to one parcel per week.',
  ],
  open: ['Who may take items out?'],
  contradictions: ['t8,t9', 't15,t16'],
  excluded: ['A login for donors is out of scope.'],
  entities: {
    Item: 'name:text category:choice quantity:number expiryDate:date storageLocation:text',
    Donation: 'donor:text date:date weight:number',
  },
}
