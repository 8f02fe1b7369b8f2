# The list
suppliers-title = 供应商
suppliers-total = 共 { $shown } 家企业
suppliers-match = 符合条件 { $shown } 家
suppliers-match-many = 符合条件的超过 { $shown } 家，请增加关键词缩小范围
suppliers-shown = 本页 { $shown } 家
suppliers-export = 导出
suppliers-import = 导入名单
suppliers-new = 新增供应商
suppliers-filters = 筛选条件
suppliers-filter = 筛选
suppliers-clear = 清除全部
suppliers-region = 区域
suppliers-any-region = 全部区域
suppliers-area = 省份或国家
suppliers-any-area = 全部省份
suppliers-stage = 阶段
suppliers-any-stage = 全部阶段
suppliers-category = 品类
suppliers-any-category = 全部品类
suppliers-sort = 排序
suppliers-sort-name = 按名称
suppliers-sort-newest = 最新在前
suppliers-sort-oldest = 最早在前
suppliers-company = 企业
suppliers-place = 所在地
suppliers-supplies = 供应品类
suppliers-none = 还没有供应商
suppliers-none-body = 可导入现有的 CSV 或 Excel 名单，也可手工录入第一家企业。
suppliers-none-match = 没有符合条件的企业
suppliers-none-match-body = 没有企业同时满足所有条件。请去掉一个条件，或只搜索名称的一部分。

# Saved views
views-title = 常用视图
views-name = 视图名称
views-save = 保存此视图
views-forget = 删除视图“{ $name }”
done-view-saved = 已保存视图“{ $what }”
done-view-removed = 已删除视图
problem-too_many_views = 常用视图数量已达上限，请先删除一个。

# Stages
stage-candidate = 候选
stage-invited = 已邀请
stage-registering = 注册中
stage-under_review = 审核中
stage-active = 已引入
stage-suspended = 已暂停
stage-eliminated = 已淘汰
stage-withdrawn = 已退出
stage-declined = 未通过
stage-now = 当前：
stage-new = 新阶段
stage-reason = 原因
stage-reason-hint = 将长期保留在企业履历中，请写到审计人员能看懂的程度。
supplier-change-stage = 变更阶段
done-stage-changed = { $what }：阶段已变更

# A company
supplier-edit = 编辑企业信息
supplier-create = 录入供应商
supplier-company = 企业
supplier-legal-name = 企业名称
supplier-legal-name-hint = 与营业执照一致，使用企业注册地文字
supplier-english-name = 英文名称
supplier-stage = 阶段
supplier-stage-hint = 已引入：已在向该企业采购。候选：尚待考察。
supplier-registered-office = 注册地址
supplier-country = 国家或地区
supplier-country-from-address = 以地址为准
supplier-address = 地址
supplier-address-hint = 中英文均可，按原样填写。系统据此识别省份并确定所属区域。
supplier-province = 省份
supplier-province-hint = 仅在地址中未写明时选择
supplier-province-from-address = 由地址识别
supplier-identifiers = 识别码
supplier-more = 其他信息
supplier-industry = 行业
supplier-website = 网址
supplier-note = 备注
supplier-identity = 基本信息
supplier-place = 所在地
supplier-from-import = 来源
supplier-the-import = 导入的名单
supplier-sites = { $shown } 处场所
supplier-contacts = 联系人
supplier-history = 名称、阶段与区域的变化
supplier-story = 动态
supplier-whole-trail = 全部记录
history-until = 截至
done-supplier-created = 已录入{ $what }
done-supplier-edited = 已保存{ $what }

# Identifiers
identifier-uscc = 统一社会信用代码
identifier-uscc-hint = 营业执照上的 18 位代码
identifier-lei = 全球法人识别编码（LEI）
identifier-duns = 邓白氏编码
identifier-eu-vat = 欧盟增值税号
identifier-other = 其他识别码
identifier-add = 添加识别码
identifier-kind = 类型
identifier-value = 识别码
identifier-state = 校验
identifier-evidence = 依据
identifier-evidence-hint = 仅在校验位不符、但营业执照确实如此时填写：说明所见内容及复印件存放处，由另一人确认。
identifier-unconfirmed = 待第二人确认
identifier-checks = 校验位相符
identifier-form-only = 格式相符
identifier-confirmed = 已确认
identifier-confirm = 确认
identifiers-none = 尚无识别码。登记识别码可避免同一企业重复录入。
done-identifier-added = 已添加识别码 { $what }
done-identifier-confirmed = 识别码已确认
done-identifier-removed = 识别码已移除

# Sites
site-registered_office = 注册地址
site-office = 办公场所
site-plant = 工厂
site-warehouse = 仓库
site-other = 其他场所
site-site = 场所
site-add = 添加场所
site-edit = 编辑场所
site-kind = 场所类型
site-name = 场所名称
site-name-hint = 有单独名称时填写
site-registered = 注册地
site-make-registered = 设为注册地址
site-close = 关闭此场所
done-site-added = 已添加场所：{ $what }
done-site-edited = 已保存场所：{ $what }
done-site-closed = 场所已关闭
done-site-registered = 注册地址及所属区域已变更

# Contacts
contacts-none = 尚无联系人。
contact-add = 添加联系人
contact-name = 姓名
contact-title = 职务
contact-email = 电子邮箱
contact-phone = 电话
contact-phone-hint = 加密保存，页面上仅显示末几位
contact-reach = 联系方式
contact-show-phone = 查看电话
contact-phone-opened = 本次查看已记入该企业的审计记录。
done-contact-added = 已添加联系人{ $what }
done-contact-removed = 联系人已移除

# Addresses to settle
addresses-title = 待确认地址
addresses-sub = 系统不作猜测，请选择实际所在地，一键确认。
addresses-none = 没有待确认的地址
addresses-none-body = 所有场所的所在地都已明确。今后有疑问的地址会列在这里。
addresses-no-address = 未提供地址
addresses-other-place = 其他地点…
addresses-settle = 确认
done-address-settled = 已确认：{ $what }
place-unresolved = 地点待确认
place-reason-nothing_found = 未识别出地点
place-reason-contradiction = 城市与省份不一致
place-reason-ambiguous = 地名对应多个地点
place-reason-unknown_country = 国家或地区无法识别

# Rest rows of every scheme
region-outside = 方案范围外
region-unresolved = 待确认
