// Words of the setup page.
export const setup = {
  "setup.title": "Setup",
  "setup.lead":
    "From nothing to the first real order, in about ten minutes. Each step ticks itself " +
    "once it is so.",
  "setup.done": "done",
  "setup.open": "open",
  "setup.next": "next",
  "setup.progress": "{done, number} of {all, number} done",
  "setup.ready": "Everything is set up.",
  "setup.sign_in": "Make your sign-in your own",
  "setup.sign_in.say": "Choose a password of your own, or better: turn on a second factor.",
  "signedBy.second_factor": "a second factor",
  "signedBy.password": "a password of your own",
  "setup.toAccount": "To your account",
  "setup.toPolicy": "To the policy",
  "setup.store": "Connect your store",
  "setup.store.say": "Its orders are fetched, and it is told what was shipped.",
  "setup.store_tested": "Test the store",
  "setup.store_tested.say": "A test asks who the shop is, with the token you gave.",
  "setup.supplier": "Connect a supplier",
  "setup.supplier.say": "By mail, through an interface, or by hand: whatever they can.",
  "setup.supplier.not_vetted":
    "A supplier is there, but not vetted, so it gets no orders: open its connection, " +
    "change it, and say that somebody checked it.",
  "setup.supplier.suspended":
    "Every supplier is suspended and gets no new orders: open a connection, change it, " +
    "and end that.",
  "setup.supplier_tested": "Test the supplier",
  "setup.supplier_tested.say": "A test signs in and orders nothing.",
  "setup.skus": "Map your SKUs",
  "setup.skus.say":
    "Say which supplier has what, at which cost: on a product’s page, by Import offers, or with " +
    "holdfast import offers FILE",
  "setup.policy": "Look at the policy",
  "setup.policy.say":
    "Gates, owners and deadlines come with sound values. Read what happens by itself " +
    "before it does.",
  "setup.policy.confirm": "I looked at it",
  "setup.backup": "Make a backup",
  "setup.backup.say": "Run it now and then daily by a timer of the machine: holdfast backup FOLDER",
  "setup.order": "See the first order",
  "setup.order.say": "Place an order in your store. It stands in Orders within a minute.",
  "setup.toConnections": "To the connections",
  "setup.connectStore": "Connect a store",
  "setup.connectSupplier": "Connect a supplier",
  "setup.toOffers": "To the import of offers",
  "setup.toOrders": "To the orders",
  "setup.toHealth": "To the health page",
  "setup.demo": "This is the demo",
  "setup.demo.say":
    "Shop, suppliers and buyers are made up, time runs fast, and nothing is kept when " +
    "the program ends. Nothing of the demo ever reaches a real workspace.",
  "setup.demo.leave":
    "To leave it, end the program with Ctrl-C and start a real one with a configuration " +
    "and a data folder of its own:",
  "setup.demo.then":
    "Then come back to this page there: nothing is ticked, and each step has its link.",
  "app.demo": "Demo",
  "app.demoSay": "Demo: everything here is made up. How to leave it",
} as const;
