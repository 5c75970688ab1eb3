// Parcels and scans from a file, in simplified Chinese.
import type { imports as english } from "../en/imports";
import type { Same } from "../types";

export const imports: Same<typeof english> = {
  "import.title": "导入物流信息",
  "import.lead":
    "带表头的 CSV 文件。必填列：carrier 和 tracking；可选列：po、status、proof、at、place 和 " +
    "country。含 po 的行登记包裹，含 status 的行记录扫描。",
  "import.file": "CSV 文件",
  "import.text": "或粘贴内容",
  "import.try": "试运行",
  "import.take": "记录这些行",
  "import.tried":
    "试运行，未做任何更改：{taken, plural, other {# 行}}可以记录，{refused, number} 行不能。",
  "import.taken": "已记录 {taken, plural, other {# 行}}，拒绝 {refused, number} 行。",
  "import.stale": "试运行之后内容已更改。",
  "import.line": "行",
  "import.tracking": "物流单号",
  "import.order": "订单",
  "import.result": "结果",
  "import.column": "列 {column}",
  "import.known": "已有记录，无需再记",
  "import.ParcelAnnounced": "登记包裹",
  "import.TrackingRecorded": "记录扫描",
  "import.follows": "{count, plural, other {另有 # 条后续记录}}",
};
