#pragma once
// Supplier words: every sentence of the supplier's page, in English and simplified Chinese.
// It must never hold markup.

#include <string>
#include <string_view>

namespace holdfast::api {

/// A sentence in both languages.
struct SupplierSaid {
  const char* en;
  const char* zh;
};

/// The page's language: "zh-Hans" for any Chinese, else "en".
struct SupplierSpeech {
  bool chinese = false;
  std::string operator()(SupplierSaid said) const { return chinese ? said.zh : said.en; }
  const char* language() const { return chinese ? "zh-Hans" : "en"; }
};

namespace said {
inline constexpr SupplierSaid title{"Purchase order", "采购订单"};
inline constexpr SupplierSaid ship_by{"Ship by", "最晚发货日期"};
inline constexpr SupplierSaid total{"Total", "总金额"};
inline constexpr SupplierSaid instructions{"Instructions", "特别说明"};
inline constexpr SupplierSaid only_this{
    "This page is about this purchase order only. Opening it "
    "changes nothing.",
    "本页面只涉及此采购订单。打开页面不会改变任何内容。"};
inline constexpr SupplierSaid read{"I have read it", "我已阅读"};
inline constexpr SupplierSaid answer{"Answer each line", "逐行答复"};
inline constexpr SupplierSaid line{"Line", "行"};
inline constexpr SupplierSaid pieces{"pieces", "件"};
inline constexpr SupplierSaid no_answer{"no answer yet", "暂不答复"};
inline constexpr SupplierSaid accept{"accept as asked", "按要求接受"};
inline constexpr SupplierSaid reject{"cannot supply", "无法供应"};
inline constexpr SupplierSaid change{"accept with changes", "有变更地接受"};
inline constexpr SupplierSaid quantity{"Quantity you can supply", "可供数量"};
inline constexpr SupplierSaid ready{"Ready on", "备货完成日期"};
inline constexpr SupplierSaid substitute{"Another item instead (your SKU)", "替代品（您的 SKU）"};
inline constexpr SupplierSaid difference{"What is different about it", "与原商品有何不同"};
inline constexpr SupplierSaid price{"Price per piece", "单价"};
inline constexpr SupplierSaid reference{"Your order number", "您的订单号"};
inline constexpr SupplierSaid send{"Send the answer", "提交答复"};
inline constexpr SupplierSaid current{"Your answer so far", "您目前的答复"};
inline constexpr SupplierSaid cancel{"We asked you to stop this purchase order. Can you?",
                                     "我们请求取消此采购订单。可以取消吗？"};
inline constexpr SupplierSaid cancel_yes{"Yes, it is cancelled", "可以，已取消"};
inline constexpr SupplierSaid cancel_no{"No, it is too late", "不可以，已来不及"};
inline constexpr SupplierSaid check{"Confirm a check", "确认检查"};
inline constexpr SupplierSaid inspection{"Inspection", "质检"};
inline constexpr SupplierSaid packing{"Packing", "包装"};
inline constexpr SupplierSaid statement{"What was checked, and with what result", "检查内容及结果"};
inline constexpr SupplierSaid photo{"A photo of it (JPEG, PNG or WebP, at most 10 MB)",
                                    "照片（JPEG、PNG 或 WebP，最大 10 MB）"};
inline constexpr SupplierSaid send_check{"Confirm", "确认"};
inline constexpr SupplierSaid parcel{"Tell us the parcel", "填写包裹信息"};
inline constexpr SupplierSaid carrier{"Carrier", "承运商"};
inline constexpr SupplierSaid tracking{"Tracking number", "运单号"};
inline constexpr SupplierSaid in_parcel{"Pieces in this parcel, empty for all",
                                        "本包裹内件数，全部发出请留空"};
inline constexpr SupplierSaid send_parcel{"Send the parcel", "提交包裹"};
inline constexpr SupplierSaid parcels{"Parcels told so far", "已填写的包裹"};
inline constexpr SupplierSaid done{"Thank you, it is recorded.", "谢谢，已记录。"};
inline constexpr SupplierSaid over{
    "Nothing of this purchase order is wanted any more. Please "
    "do not ship it.",
    "此采购订单已不再需要，请勿发货。"};
inline constexpr SupplierSaid wrong{"This could not be recorded", "无法记录"};
inline constexpr SupplierSaid back{"Back", "返回"};
inline constexpr SupplierSaid expired{"This link has expired", "此链接已过期"};
inline constexpr SupplierSaid expired_more{
    "Press the button and we send a new link to the address "
    "we have on file.",
    "请点击按钮，我们会把新链接发送到登记的邮箱。"};
inline constexpr SupplierSaid renew{"Ask for a new link", "申请新链接"};
inline constexpr SupplierSaid renewed{
    "Thank you. A new link is on its way once somebody has "
    "looked at it.",
    "谢谢。经人工确认后，新链接将发送给您。"};
inline constexpr SupplierSaid nowhere{"This link leads nowhere", "此链接无效"};
}  // namespace said

}  // namespace holdfast::api
