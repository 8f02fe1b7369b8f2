# The list of imports
imports-title = 导入
imports-sub = 以文件形式导入的供应商名单
imports-new = 导入名单
imports-none = 还没有导入过名单
imports-none-body = 上传您手头的名单。写入之前，您会先看到每一行将如何处理。
import-file = 文件
import-state = 状态
import-count-rows = 读取行数
import-count-new = 新供应商
import-count-matched = 名录中已有的供应商
import-count-sites = 新场所（含注册地）
import-count-unresolved = 其中地址待确认
import-count-duplicates = 文件内疑似重复
import-count-errors = 有错误的行

# States
import-state-mapping = 待核对列
import-state-reading = 读取中
import-state-ready = 待确认
import-state-confirming = 写入中
import-state-confirmed = 已导入
import-state-undone = 已撤销
import-state-discarded = 已放弃
import-state-failed = 无法读取
import-state-interrupted = 已中断
import-story-mapping = 请说明各列的内容。
import-story-reading = 正在读取文件。本页会自动更新，您也可以稍后再来查看。
import-story-ready = 尚未写入任何内容。请查看下面各行，然后确认或放弃。
import-story-confirming = 正在写入，要么全部写入，要么一行也不写。本页会自动更新。
import-story-confirmed = 本次导入的内容已写入名录。
import-story-undone = 本次导入写入的内容已从名录中撤出。
import-story-discarded = 本次导入已放弃，没有写入任何内容。
import-story-failed = 没有写入任何内容。
import-story-interrupted = 没有写入任何内容。
import-failed-ready = 没有写入任何内容。
import-failed-failed = 文件无法读取。
import-failed-interrupted = 读取中断。
import-progress = 已读取 { $percent }%

# Upload
import-new-title = 导入名单
import-new-sub = CSV 或 Excel（.xlsx）原样上传即可，下一页再说明各列的内容
import-file-hint = 不超过 64 MB、200,000 行。更大的名单请用命令行：touchstone import suppliers 文件
import-upload = 上传
import-template = 下载填写模板（XLSX）
import-template-body = 仅供手头没有名单时使用。除名称外，各列均可留空。
import-template-notes =
    每家公司或每个场所一行。同一公司的多行会合并为一家供应商的多个场所。
    只有名称必填。请填写地址，或填写省份和城市，以便判断所属区域。
    代码请保持文本格式：电子表格会把长数字的末几位变成零。
    日期写作 2021-03-31。
import-hint-name = 营业执照上的名称
import-hint-uscc = 18 位
import-hint-address = 街道、城市和省份，中英文均可
import-hint-category = 品类的代码或名称，多个之间用分号隔开
import-hint-stage = 例如“已引入”或“候选”；留空表示已引入
import-hint-since = 从哪一天起成为供应商：2021-03-31
import-hint-site-kind = registered_office（注册地）、office（办公室）、plant（工厂）、warehouse（仓库）或 other（其他）

# Columns
import-mapping-title = 核对各列的内容
import-columns = 文件中的列
import-column = 列
import-samples = 前几个值
import-field = 内容
import-no-header = 没有表头
import-no-samples = 空
import-leave-out = 不导入
import-options = 适用于所有行
import-stage = 阶段
import-stage-hint = 适用于没有注明阶段的行。若是现有供应商名单，请选“已引入”。
import-since = 成为供应商的日期
import-since-hint = 适用于没有日期的行，写作 2021-03-31。留空表示今天。按更早日期出具的报表只统计当时已是供应商的公司。
import-each-row = 每一行都是一家独立的供应商
import-each-row-hint = 不勾选时，同一公司的多行会合并为一家供应商的多个场所。
import-read = 读取文件
import-read-body = 这一步仍不写入任何内容：您会先看到每一行将如何处理。

# Rows
import-rows = 各行
import-rows-none = 没有这样的行。
import-rows-all = 全部
import-rows-new = 新供应商
import-rows-site = 其他场所
import-rows-matches = 名录中已有
import-rows-matches_site = 已有供应商的新场所
import-rows-duplicate = 疑似重复
import-rows-error = 错误
import-rows-unresolved = 地址待确认
import-row = 行
import-company = 企业
import-place = 地点
import-what-happens = 处理方式
import-unresolved = 地址待确认
import-outcome-new = 新供应商
import-outcome-site = 其他场所
import-outcome-matches = 名录中已有
import-outcome-matches_site = 新场所
import-outcome-duplicate = 疑似重复
import-outcome-error = 错误
import-happens-new = 将成为一家供应商。
import-happens-site = 将成为 { $name }（第 { $number } 行）的一个场所。
import-happens-matches = 就是 { $name }（{ $number }），地址也已登记，不作改动。
import-happens-matches_site = 将成为 { $name }（{ $number }）的又一个场所。
import-happens-duplicate = 公司和地址与 { $name }（第 { $number } 行）相同，不会重复写入。
import-happens-duplicate_known = { $name }（{ $number }）的这个场所在前面的行中已经出现，不会重复写入。
import-happens-error = 不会写入。
import-skip-errors = 跳过有错误的行
import-skip-errors-hint = 也可以在文件中改正后重新上传。
import-brings-nothing = 没有可写入的内容：没有任何一行带来新的公司或场所。
import-confirm = 导入 { $shown } 家供应商
import-confirm-sites = 导入 { $shown } 个场所
import-discard = 放弃
import-again = 重新上传
import-to-suppliers = 查看供应商
import-to-addresses = 确认 { $shown } 个地址

# Undo
import-undo = 撤销本次导入
import-undo-body = 只要还没有人在此基础上做过工作，本次导入就可以撤销：它带来的供应商和场所会从名录中移除。
import-undo-not = 已有人在此基础上做过工作，本次导入不能再撤销：
import-obstacle-edited = { $shown } 家供应商被修改过
import-obstacle-trail = { $shown } 家供应商之后有过操作
import-obstacle-accounts = { $shown } 个账号属于这些供应商
import-obstacle-invitations = 已向这些供应商发出 { $shown } 份邀请
import-obstacle-sites = 这些供应商新增了 { $shown } 个场所
import-obstacle-moved = { $shown } 个场所被修改或确认过地址
import-obstacle-registered = { $shown } 个场所已成为注册地
import-obstacle-closed = { $shown } 个场所已关闭
done-import-discarded = { $what } 已放弃，没有写入任何内容
done-import-undone = { $what } 已撤销
conflict-import-state = 本次导入的状态已经改变，不能进行这项操作。请查看它的页面。
conflict-import-built-on = 已有人在此基础上做过工作，本次导入不能再撤销。详情见它的页面。
conflict-import-discarded = 本次导入在读取过程中被放弃。

# What columns can hold
column-supplier-id = 本名录的供应商 ID
column-legal-name = 法定名称
column-english-name = 英文名称
column-country = 国家
column-province = 省份
column-province-code = 省份代码
column-city = 城市
column-district = 区县
column-address = 地址
column-postal-code = 邮政编码
column-region = 区域
column-uscc = 统一社会信用代码
column-lei = 法人识别编码
column-duns = 邓白氏编码
column-eu-vat = 欧盟增值税号
column-code = 代码
column-other-id = 供应商编号
column-category = 品类
column-stage = 阶段
column-since = 合作起始日期
column-website = 网址
column-industry = 行业
column-contact-name = 联系人
column-contact-email = 联系人邮箱
column-contact-phone = 联系人电话
column-site-id = 本名录的场所编号
column-site-name = 场所名称
column-site-kind = 场所类型
column-note = 备注

# Problems of rows
problem-import_stage = 这不是一个阶段。请填写阶段的名称或代码，例如“已引入”，或留空。
problem-import_date = 无法确定这是哪一天，或日期在未来。请写作 2021-03-31。
problem-import_outside_scope = 该地点不在您负责的区域内。请联系负责该区域的同事。
problem-import_taken_elsewhere = 名录中已有这家公司，但它不在您负责的区域内。请联系负责该区域的同事。
problem-import_ambiguous = 名录中有 { $n } 家同名的供应商。请补充代码或供应商 ID，以明确是哪一家。
problem-import_identifiers_disagree = 这一行的代码分别属于不同的供应商。请核对哪一个正确。
problem-import_identifier_twice = 前面的行有相同的代码。请核对哪一行正确，或让同一公司的多行合并。
problem-digits_lost = 电子表格已把末几位数字变成零。请把该列设为文本格式后重新填写。
problem-formula_error = 单元格中的公式出错。请在电子表格中改正。
problem-import_field_twice = 另一列已经是这项内容。请二选一。
problem-import_no_name = 没有一列是公司名称。请选择法定名称所在的列。
problem-import_has_errors = 有些行存在错误。请改正文件后重新上传，或同意跳过这些行。
problem-import_brings_nothing = 没有任何一行带来新的公司或场所。
problem-import_taken_meanwhile = 第 { $row } 行：该代码在此期间已登记给另一家供应商。请放弃本次导入并重新上传文件。
problem-import_registered_meanwhile = 第 { $row } 行：此期间已登记了同名公司。请放弃本次导入并重新上传文件。
problem-import_gone_meanwhile = 第 { $row } 行：要增加场所的供应商已不在名录中。请放弃本次导入并重新上传文件。
problem-import_interrupted = 读取文件时服务器重启了。请重新上传文件。
problem-import_internal = 系统出错（编号 { $incident }）。请重试；若再次出现，请把编号告诉管理员。
problem-mapping_not_an_object = 列对应表不是由表头和内容组成的 JSON 对象：{ $what }
problem-mapping_unknown_field = 没有“{ $what }”这项内容。
problem-mapping_unknown_header = 名单中没有“{ $what }”这一列。
problem-mapping_field_twice = 有两列都对应“{ $what }”。

# Problems of files
problem-sheet_unreadable = 文件无法读取。请重新上传。
problem-sheet_empty = 文件是空的。请选择有表头且至少有一行数据的文件。
problem-sheet_not_a_sheet = 这既不是 CSV 也不是 XLSX 文件。请将名单另存为其中一种格式。
problem-sheet_old_or_protected = 这个 Excel 文件有密码保护，或是 2007 年以前的格式。请去掉密码并另存为 .xlsx。
problem-sheet_file_too_large = 文件超过 { $limit } MB。请拆分，或使用命令行。
problem-sheet_too_many_rows = 文件超过 { $limit } 行。请拆分，或使用命令行：touchstone import suppliers 文件
problem-sheet_too_many_columns = 第 { $row } 行在 { $column } 列有内容，超出了可读取的 { $limit } 列。请删除这个多余的单元格。
problem-sheet_cell_too_long = 第 { $row } 行 { $column } 列：单元格超过 { $limit } 个字符。请缩短；常见原因是引号没有成对。
problem-sheet_row_too_long = 第 { $row } 行超过 { $limit } 字节，常见原因是引号没有成对。
problem-sheet_encoding = 第 { $row } 行：字符与文件开头的编码不符。请将文件另存为 UTF-8。
problem-sheet_damaged = 工作簿已损坏或不完整。请用电子表格软件打开后重新保存。
problem-sheet_expands_too_much = 工作簿解压后超过 { $limit } MB，远远超出名单所需。请把名单复制到新的工作簿中。
problem-sheet_no_such_sheet = 工作簿中没有这个工作表。
import-to-pairs = { $n ->
   *[other] { $shown } 对疑似重复待判定
}
import-to-many-pairs = 超过 { $shown } 对疑似重复待判定
import-comparing = 正在将新供应商与名录比对，疑似重复的企业稍后会出现在“疑似重复”中。
import-compared-later = 确认导入后，系统会按名称和所在地将新供应商与名录比对，疑似重复的企业会列入“疑似重复”等待判定。
import-to-holder = 查看持有该识别码的企业
