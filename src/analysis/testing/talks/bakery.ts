import type { ExpectedTalk } from '../expected-talk.ts'

/** Indirect wordings: `there has to be a way for`, `make sure that`, `let customers`. */
export const bakery: ExpectedTalk = {
  name: 'bakery',
  kind: 'clear client',
  lines: [
    'A: Nice to meet you. What is the software for?',
    "C: I run a bakery and I'm tired of taking cake orders on the phone. There has to be a way for customers to order a cake online.",
    'A: What is part of an order?',
    "C: An order has a pickup date, a flavour, a size, which is small, medium or large, an inscription, the total price, and whether it's paid.",
    'A: Do you store customers too?',
    'C: Yes, we keep the name, phone number and email of every customer.',
    'A: How would the bakers use it?',
    "C: The bakers need a list of the cakes for the next day. It'd be helpful if they could print it.",
    'A: What about allergies?',
    'C: Make sure that customers can tell us about their allergies. And let customers pick the decoration from photos.',
    'A: What if the kitchen is full?',
    'C: The kitchen can only make 20 cakes a day, so the system should refuse orders beyond that.',
    'A: How do you confirm an order?',
    'C: As soon as we accept an order, the customer should receive a confirmation by email. I want to be notified when an order is cancelled.',
    'A: Until when can it be cancelled?',
    "C: Customers can cancel until two days before the pickup date. After that it isn't possible anymore.",
    'A: Would a mobile app make sense?',
    'C: Not for now. A simple website will do.',
    'A: And gift vouchers?',
    "C: I haven't decided on vouchers yet.",
  ],
  asked: [
    'Customers can order a cake online.',
    'The system provides a list of the cakes for the next day for the bakers.',
    'The bakers can print the list.',
    'Customers can tell the business about their allergies.',
    'Customers can pick the decoration from photos.',
    'The system refuses orders beyond that.',
    'When the business accepts an order, the customer receives a confirmation by email.',
    'When an order is cancelled, the system notifies the owner.',
    'Customers can cancel until two days before the pickup date.',
  ],
  welcome: [
    'The system provides a simple website.',
    'When an order is cancelled, users are notified.',
  ],
  limits: ['The system limits the kitchen to 20 cakes per day.'],
  excluded: ['A mobile app is out of scope for now.'],
  open: ['What about gift vouchers?'],
  entities: {
    Order:
      'pickupDate:date flavour:text size:choice inscription:text totalPrice:money paid:boolean',
    Customer: 'name:text phoneNumber:text email:email',
  },
}
