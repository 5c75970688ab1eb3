// Words of the setup page, in simplified Chinese.
import type { setup as english } from "../en/setup";
import type { Same } from "../types";

export const setup: Same<typeof english> = {
  "setup.title": "设置向导",
  "setup.lead": "从零到第一张真实订单，约十分钟。每一步完成后会自动打勾。",
  "setup.done": "已完成",
  "setup.open": "未完成",
  "setup.next": "下一步",
  "setup.progress": "已完成 {done, number}/{all, number}",
  "setup.ready": "全部设置完成。",
  "setup.sign_in": "保护您的登录",
  "setup.sign_in.say": "设置自己的密码，最好启用双重验证。",
  "signedBy.second_factor": "已启用双重验证",
  "signedBy.password": "已设置自己的密码",
  "setup.toAccount": "前往您的账户",
  "setup.toPolicy": "前往策略",
  "setup.store": "连接您的店铺",
  "setup.store.say": "获取其订单，并回报发货情况。",
  "setup.store_tested": "测试店铺连接",
  "setup.store_tested.say": "用您提供的令牌询问店铺身份。",
  "setup.supplier": "连接供应商",
  "setup.supplier.say": "通过邮件、接口或人工方式均可。",
  "setup.supplier.not_vetted":
    "已有供应商，但尚未审核，因此不会收到订单：请打开其连接并修改，确认该供应商已经过审核。",
  "setup.supplier.suspended":
    "所有供应商均已暂停，不会收到新订单：请打开一个连接并修改，解除暂停。",
  "setup.supplier_tested": "测试供应商连接",
  "setup.supplier_tested.say": "测试只登录，不下单。",
  "setup.skus": "映射 SKU",
  "setup.skus.say":
    "说明各供应商的商品和成本：可在产品页面填写，通过“导入报价”，或使用命令 holdfast import offers FILE",
  "setup.policy": "查看策略",
  "setup.policy.say": "关卡、负责人和期限均有合理默认值。请先了解哪些会自动执行。",
  "setup.policy.confirm": "我已查看",
  "setup.backup": "进行备份",
  "setup.backup.say": "现在运行一次，之后每天由系统定时执行：holdfast backup FOLDER",
  "setup.order": "看到第一张订单",
  "setup.order.say": "在您的店铺下一张订单，一分钟内会出现在“订单”中。",
  "setup.toConnections": "前往连接",
  "setup.connectStore": "连接店铺",
  "setup.connectSupplier": "连接供应商",
  "setup.toOffers": "前往导入报价",
  "setup.toOrders": "前往订单",
  "setup.toHealth": "前往运行状况",
  "setup.demo": "这是演示",
  "setup.demo.say":
    "店铺、供应商和买家均为虚构，时间加速运行，程序结束后不保留任何数据。演示数据绝不会进入真实工作区。",
  "setup.demo.leave": "要离开演示，请用 Ctrl-C 结束程序，并以独立的配置和数据文件夹启动正式程序：",
  "setup.demo.then": "随后在那里打开本页：所有步骤均未完成，每步都有链接。",
  "app.demo": "演示",
  "app.demoSay": "演示：此处一切均为虚构。如何离开",
};
