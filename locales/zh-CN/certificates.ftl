# 证书：登记、表单、核验
certificate = 证书
certificates-sub = 各企业持有的证书。最先到期的排在前面，已过期的排在最后。
certificates-q = 证书编号或企业名称
certificates-ends = 到期
certificates-any-end = 不限到期时间
certificates-ends-30 = 30 天内到期
certificates-ends-90 = 90 天内到期
certificates-ends-past = 已过期
certificates-any-state = 全部状态
certificates-any-pillar = 全部领域
certificates-any-type = 全部类型
certificates-none = 暂无证书
certificates-none-body = 企业可在供应商门户提交证书。如需代为登记，请打开该企业，进入“认证”页。
certificates-none-match = 没有符合条件的证书
certificates-none-match-body = 请减少筛选条件，或缩短编号、名称。
expiry-none = 长期有效
expiry-left = { $n ->
    [0] 今天到期
    [1] 明天到期
   *[other] { $n } 天后到期
}
expiry-past = { $n ->
    [1] 昨天已过期
   *[other] 已过期 { $n } 天
}
pillar-governance = 公司治理
pillar-environment = 环境
pillar-labour = 劳工与安全
pillar-information_security = 信息安全
pillar-ethics = 商业道德
pillar-supply_chain = 供应链
certificate-state = 状态
certificate-pillar = 领域
certificate-new = 登记证书
certificate-new-sub = 登记后须由另一位同事核验。
certificate-portal-new = 提交证书
certificate-portal-new-lead = 请按证书原文填写，并附上扫描件。我们核验后会通知您。
certificate-type-hint = ISO 26000 等指南性标准不在其列，因为不存在对其的认证。
certificate-type-choose = 请选择
certificate-number-hint = 与证书上一致。
certificate-issuer-hint = 认证机构或发证机关，不是咨询公司。
certificate-holder-hint = 证书上的名称，须逐字一致。
certificate-scope-hint = 认证覆盖的产品、活动和场所。
certificate-whole-company = 整个企业
certificate-last-day-hint = 证书有效的最后一天。
certificate-file = 证书扫描件或文件
certificate-document = 或从已提交的资料中选择
certificate-document-hint = 如在上方选择了文件，则以该文件为准。
certificate-document-none = 不选择
certificate-hand-in = 提交
certificate-renews-this = 换证：原证书 { $number }（有效期至 { $day }）。
certificate-says = 证书内容
certificate-standard = 标准
certificate-open-file = 打开文件
certificate-not-said = 未填写
certificate-recorded = 登记
certificate-by-company = 企业提交
certificate-by-staff = 采购方登记
certificate-decided = 核验人
certificate-asked-for = 要求补充
certificate-look = 请仔细核对：
certificate-warning-holder = 持证人名称与企业现名、曾用名均不一致。
certificate-warning-long = 有效期长于同类证书的通常期限。
certificate-warning-ran_out = 证书已过期。
certificate-warning-site = 证书只覆盖一个场所，不覆盖整个企业。
certificate-warning-no_file = 证书文件已从企业资料中移除。
certificate-own = 该证书由您登记或更正，须由另一位同事核验。
certificate-waits = 等待有核验权限的同事处理。
certificate-accept = 通过
certificate-method-register = 已在发证机构或主管部门的系统中查询
certificate-method-issuer = 已向发证机构核实
certificate-method-copy = 仅查看复印件
certificate-note-hint = 在何处查询，或由何人答复。仅查看复印件时可不填。
certificate-give-back = 要求补充
certificate-give-back-hint = 此内容将发送给企业，企业可更正后重新提交。
certificate-refuse = 不通过
certificate-refuse-hint = 此原因将告知企业。不通过的证书不能再改。
certificate-withdraw = 作废
certificate-withdraw-hint = 例如：发证机构已撤销证书。企业会收到通知，以该证书为依据的品类认证将暂停。
certificate-renew = 登记换证
certificate-correct = 更正并重新提交
certificate-correct-hint = 如要求提供更清晰的扫描件，请选择新文件，并更正有误的内容。
certificate-correct-staff = 企业可在供应商门户自行更正。如企业已把新的扫描件发给您，可在此提交。
certificate-take-back = 撤回
certificate-take-back-hint = 如属误交，可以撤回，以后仍可重新提交。
certificate-demanded = 要求此证书的品类
certificate-demanded-none = 目前该企业的品类均不要求此类证书。
certificate-chain = 换证记录
certificate-portal-submitted = 已收到，正在等待核验。您无需再做什么。
certificate-portal-returned = 请更正，或提供更清晰的扫描件。具体要求如下：
certificate-portal-accepted = 已核验通过。到期前请提交换发的新证书。
certificate-portal-refused = 核验未通过，原因如下：
certificate-portal-withdrawn = 该证书不再有效，原因如下：
certificate-portal-taken_back = 您已撤回该证书，未作核验。
done-certificate-recorded = 证书 { $what } 已登记，等待同事核验。
done-certificate-corrected = 证书 { $what } 已重新提交。
done-certificate-handed-in = 证书 { $what } 已提交，我们将进行核验。
done-certificate-taken-back = 您已撤回该证书。
done-certificate-accepted = 证书核验通过。
done-certificate-returned = 已要求补充，并已通知企业。
done-certificate-refused = 证书未通过，并已通知企业。
done-certificate-withdrawn = 证书已作废，并已通知企业。
conflict-certificate = 证书的状态已变化，可能已有同事作出决定。请重新打开查看。
conflict-document-in-use = 有证书以该资料为依据，须予保留。证书未通过或作废后方可移除。
refused-own-certificate = 该证书由您登记或更正，请由另一位同事核验。
refused-certificate-of-staff = 该证书由采购方登记。如有问题，请联系采购人员。
problem-certificate_guidance = 这是指南性标准，不含要求，任何企业都不能获得其认证。请将相关声明作为资料提交。
problem-certificate_number = 请填写编号中的字母和数字。
problem-certificate_no_end = 只有许可证照可以长期有效。请填写最后一天。
problem-certificate_order = 最后一天早于第一天，请与证书核对。
problem-certificate_long = 有效期超过 { $max } 年，请核对年份。
problem-certificate_run_out = 该证书已经过期，请提交目前有效的证书。
problem-certificate_file = 请选择证书文件，或从已提交的资料中选择。
problem-certificate_renews = 请选择本企业已核验的同类证书；如没有，请作为新证书登记。
problem-certificate_twice = 该企业已登记此编号，且有效期重叠。如属换证，请打开原证书，选择“登记换证”；新证书的起止日期均须晚于原证书。
problem-certificate_of_company = { $company } 已登记同一类型、同一编号的证书。一张证书只属于一家企业，请核对编号；如编号无误，请向双方核实。
problem-certificate_elsewhere = 此编号不能登记。请与证书核对；如编号无误，请联系采购人员。
problem-certificate_too_many = 该企业已登记 { $max } 张证书，已达上限。请告知系统管理员。
problem-certificate_looked_up = 请填写在何处查询，或由何人答复。
home-kinds-certificate = 待核验的证书
home-kind-certificate = 请与发证机构的查询结果比对，然后通过、要求补充或不通过
letter-certificate_returned-subject = 请补充证书：{ $type }
letter-certificate_returned-body =
    感谢提交 { $company } 的证书 { $number }（{ $type }）。核验前还需要更清晰的扫描件，或更正部分内容。

    请在证书页面更正后重新提交。具体要求如下：
letter-certificate_returned-button = 更正证书
letter-certificate_refused-subject = 证书未通过：{ $type }
letter-certificate_refused-body =
    我们核验了 { $company } 的证书 { $number }（{ $type }），未能通过。

    原因如下：
letter-certificate_refused-button = 查看证书
letter-certificate_withdrawn-subject = 证书不再有效：{ $type }
letter-certificate_withdrawn-body =
    { $company } 的证书 { $number }（{ $type }）在我们的登记中不再有效。如持有其他证书，请提交。

    原因如下：
letter-certificate_withdrawn-button = 查看证书
