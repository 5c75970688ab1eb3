// Chinese: what is done by hand about orders.
import type { hands as english } from "../en/hands";
import type { Same } from "../types";

export const hands: Same<typeof english> = {
  "order.next.place": "{owner}：到供应商处下单",
  "order.po.remind": "提醒供应商",
  "order.po.remindNote": "将再次联系供应商，附上 30 天内有效的链接。",
  "parcel.correct": "更正单号",
  "parcel.correctNote":
    "用于从不属于此包裹的单号。原有记录保留但不再计入；店铺和跟踪服务将收到正确单号。",
  "byHand.title": "到供应商处下单",
  "byHand.note": "此处不会自动发送。请下单后登记已送达，或登记供应商的答复。",
  "byHand.copyAll": "全部复制",
  "byHand.copyField": "复制：{field}",
  "byHand.placeAt": "下单处",
  "byHand.po": "采购单",
  "byHand.total": "合计",
  "byHand.name": "收件人",
  "byHand.address": "地址",
  "byHand.phone": "电话",
  "byHand.email": "邮箱",
  "byHand.shipBy": "最迟发货",
  "byHand.service": "配送方式",
  "byHand.instructions": "说明",
  "byHand.packaging": "包装",
  "byHand.terms": "贸易条款",
  "byHand.duties": "关税由 {who} 承担",
  "byHand.page": "供应商页面",
  "byHand.each": "单价 {cost}",
  "byHand.hs": "HS {code}",
  "byHand.origin": "产地 {country}",
  "byHand.declared": "申报价值 {value}",
  "inbox.read": "查看消息",
  "inbox.body": "合作方发送的内容",
  "inbox.gone": "内容已不再保留，或您无权查看。",
  "inbox.hidden": "可能涉及个人的内容已略去。",
  "inbox.cut": "仅显示开头部分。",
};
