import type { ExpectedTalk } from '../expected-talk.ts'

/** An agent with many ideas of its own; few of them are taken up. */
export const flowerShop: ExpectedTalk = {
  name: 'flower shop',
  kind: 'agent that pushes its own ideas',
  lines: [
    'A: Great to meet you! I have lots of ideas for florists. Tell me first, what do you sell?',
    'C: Bouquets, mostly. We want customers to order a bouquet on our website and pick it up in the shop.',
    'A: Perfect. I would also add an AI assistant that designs bouquets, and an augmented reality view. That would be amazing, right?',
    "C: Uh, let's keep to the orders. When an order comes in, the shop should get a text message.",
    'A: You definitely need push notifications, a mobile app and a loyalty programme. Customers should collect points with every order.',
    'C: We had a loyalty card once. Nobody used it. No, thanks.',
    'A: How about delivery? Customers should be able to choose a delivery time.',
    'C: Yes, delivery is a good idea. But only within the city.',
    'A: And the drivers could be tracked on a live map by the customers!',
    'C: What I do need is a list of the orders of the day, for the girls who bind them.',
    'A: I see. Shall we add a subscription, so that customers get flowers every week?',
    "C: Let me think about it. I can't decide that today.",
    'A: What belongs to an order?',
    'C: The bouquet, the name of the customer, a phone number, the pickup time and a card text.',
    'A: I suggest that we build it on a blockchain so that orders cannot be changed.',
    "C: I don't understand that. Orders must be editable until the evening before.",
    'A: So we have ordering, pickup, delivery, the AI assistant and the live map. Did I get everything?',
    'C: Ordering, pickup and delivery, yes. The other two I never asked for.',
  ],
  asked: [
    't2 | Customers can order a bouquet on the website.',
    't2 | Customers can pick a bouquet up in the shop.',
    't4 | When an order comes in, the shop gets a text message.',
    't7,t8 | Customers can choose a delivery time.',
    't10 | The system provides a list of the orders of the day.',
    't16 | Orders are editable until the evening before.',
  ],
  welcome: [
    't8 constraint | Delivery is only within the city.',
    't5,t6 | Push notifications are out of scope.',
    't5,t6 | A mobile app is out of scope.',
    't5,t6 | It is out of scope that customers can collect points with every order.',
  ],
  excluded: ['t5,t6 | A loyalty programme is out of scope.'],
  open: ['t11,t12 | Shall we add a subscription, so that customers get flowers every week?'],
  ledger: { t4: 'used', t10: 'used', t12: 'open', t16: 'used' },
  entities: {
    Order: 'bouquet:text name:text phoneNumber:text pickupTime:datetime cardText:long_text',
  },
}
