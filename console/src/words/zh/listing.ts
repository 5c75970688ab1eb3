// What people add to a listing, in simplified Chinese.
import type { listing as english } from "../en/listing";
import type { Same } from "../types";

export const listing: Same<typeof english> = {
  "listing.photos": "商品页照片",
  "listing.photo": "{what} 的商品页照片 {at, number}",
  "listing.photosNone": "尚无照片。照片会显示在工作台的货品旁，以及供应商所供替代品旁。",
  "listing.photosFull": "已有 {most, number} 张照片，达到上限。请先移除一张再添加。",
  "listing.add": "添加照片",
  "listing.adding": "正在添加照片…",
  "listing.added": "已为 {sku} 添加照片。",
  "listing.unreadable": "无法读取此照片，请另选一张。",
  "listing.remove": "移除",
  "listing.removeOf": "移除商品页照片 {at, number}",
  "listing.removed": "已移除 {sku} 的照片。",
  "listing.equivalents": "等同货品",
  "listing.equivalentsNone":
    "尚无供应商货品与商品页比对过。备用供应商的货品在使用前，外观、功能和配件都须与商品页相同。",
  "listing.verdict": "与商品页比对",
  "listing.equivalent": "等同",
  "listing.notEquivalent": "不等同",
  "listing.notCompared": "尚未比对",
  "listing.note": "备注",
  "listing.by": "比对人",
  "listing.at": "比对时间",
  "listing.compare": "比对",
  "listing.compareOf": "将 {supplier} 的货品与商品页比对",
  "listing.compareNote":
    "等同是指外观、功能和配件都相同。此结论取代此前对该货品的结论。" +
    "不等同的货品，其报价将暂停：在有人恢复之前不再采购。",
  "listing.found": "比对内容与结果",
  "listing.judged": "与 {sku} 的比对已记录。",
  "listing.nobody": "尚无人将此货品与商品页比对。",
  "listing.open": "打开 {sku}",
};
