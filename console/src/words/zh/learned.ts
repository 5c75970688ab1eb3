// What decided cases teach, in simplified Chinese.
import type { learned as english } from "../en/learned";
import type { Same } from "../types";

export const learned: Same<typeof english> = {
  "policy.tab.learned": "经验",
  "learned.title": "已处理异常带来的经验",
  "learned.lead":
    "哪些问题反复出现、原因何在，以及哪些决定指出应修改规则。由规则自动关闭的异常不计入。",
  "learned.window": "时间范围",
  "learned.days": "{days, number} 天",
  "learned.partial": "此时间范围内的决定多于所统计的数量：此处为其中最新的异常。",
  "learned.none": "此时间范围内没有人处理过异常。",
  "learned.decided": "由人员决定",
  "learned.median": "其中一半用时不超过",
  "learned.ruleChanges": "应修改规则",
  "learned.byCause": "根本原因",
  "learned.byReason": "异常原因",
  "learned.bySupplier": "供应商",
  "learned.byVerb": "决定",
  "learned.cases": "异常数",
  "learned.list": "最近 {days, number} 天的决定",
  "learned.onlyRules": "仅显示应修改规则的",
  "learned.all": "显示全部",
  "learned.change": "修改规则",
  "learned.nothingFits": "没有符合条件的异常。请显示全部，或选择更长的时间范围。",
  "learned.case": "异常",
  "learned.reason": "异常原因",
  "learned.verb": "决定",
  "learned.by": "决定人",
  "learned.at": "决定时间",
  "learned.rule": "修改规则",
};
