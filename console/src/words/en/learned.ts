// What decided cases teach: a part of the policy page.
export const learned = {
  "policy.tab.learned": "Learned",
  "learned.title": "What decided cases teach",
  "learned.lead":
    "What came back, why, and which decisions say that a rule should change. Cases that a rule " +
    "closed by itself are not counted.",
  "learned.window": "Window",
  "learned.days": "{days, number} days",
  "learned.partial":
    "More was decided in this window than is looked at: these are the newest cases of it.",
  "learned.none": "Nobody decided a case in this window.",
  "learned.decided": "Decided by people",
  "learned.median": "Half of them within",
  "learned.ruleChanges": "A rule should change",
  "learned.byCause": "Root cause",
  "learned.byReason": "Reason",
  "learned.bySupplier": "Supplier",
  "learned.byVerb": "Decision",
  "learned.cases": "Cases",
  "learned.list": "Decided in the last {days, number} days",
  "learned.onlyRules": "Only where a rule should change",
  "learned.all": "Show all",
  "learned.change": "Change the policy",
  "learned.nothingFits": "No decided case fits. Show all, or take a longer window.",
  "learned.case": "Case",
  "learned.reason": "Reason",
  "learned.verb": "Decision",
  "learned.by": "Decided by",
  "learned.at": "Decided",
  "learned.rule": "change a rule",
} as const;
